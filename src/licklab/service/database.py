"""Connections to PostgreSQL: one request or one step of a job is one transaction."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from licklab.errors import CancelledError, ServiceError

# The last: every connection is taken, by requests that wait for a database that hangs.
AWAY = (OperationalError, InterfaceError, PoolTimeoutError)
"""Errors that say that the database does not answer at the moment."""


class Database:
    """A pool of connections.

    Parameters
    ----------
    url : str
        `postgresql+psycopg://...`.
    pool_size : int, optional
        Connections kept open; twice as many under load.
    """

    def __init__(self, url: str, pool_size: int = 5) -> None:
        self.engine: Engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,  # a restarted PostgreSQL costs a reconnect, not an error
            # Without the encoding a database of SQL_ASCII would answer with bytes.
            connect_args={"connect_timeout": 5, "client_encoding": "utf8"},
        )
        self._reader = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session that commits at the end and rolls back on an error.

        Yields
        ------
        Session
            Its objects stay readable afterwards.
        """
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session for one look, without the round trips of a transaction.

        Yields
        ------
        Session
            Every statement sees the rows of its own moment; nothing is to be changed.
        """
        with Session(self._reader, expire_on_commit=False) as session:
            yield session

    def ping(self) -> None:
        """Ask the server for a sign of life; whatever the driver raises comes through."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def wait(self, timeout_sec: float = 60.0, stop: threading.Event | None = None) -> None:
        """Wait until the server answers.

        Parameters
        ----------
        timeout_sec : float, optional
            How long.
        stop : Event, optional
            Ends the waiting when it is set.

        Raises
        ------
        CancelledError
            If it was stopped before the server answered.
        ServiceError
            If it has not answered by then.
        """
        stop = stop or threading.Event()
        deadline = time.monotonic() + timeout_sec
        while True:
            try:
                self.ping()
            except OperationalError as error:
                if time.monotonic() > deadline:
                    url = make_url(self.engine.url).render_as_string(hide_password=True)
                    reason = str(error.orig).strip().splitlines()[0]
                    raise ServiceError(
                        f"want an answer from the database at {url} within {timeout_sec:.0f} s, "
                        f"got none: {reason}"
                    ) from error
                if stop.wait(0.3):
                    raise CancelledError(
                        "want an answer from the database, was stopped before it came"
                    ) from error
            else:
                return

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
