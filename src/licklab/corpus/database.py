"""The file of the corpus: opened, laid out, and read and written in transactions.

SQLite with a write-ahead log: many processes read while one writes, and a process that dies leaves
the file as it was before its transaction. Whatever goes wrong becomes a `CorpusError` that says
what to do.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from licklab.errors import CorpusError

FILE_NAME = "corpus.sqlite"
"""In the folder of the corpus."""

LAYOUT = 1
"""Of the tables, in ``PRAGMA user_version``."""

# "Lick" in ASCII: tells our file from those of other programs (sqlite.org/pragma.html).
_APPLICATION_ID = 0x4C69636B
# Writes of the program take well under a second; who waits longer than this waits for a hung one.
_BUSY_SEC = 30.0
_PAUSE_SEC = 0.02
_TABLES = (
    """CREATE TABLE solos (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        performer TEXT NOT NULL, title TEXT NOT NULL, instrument TEXT NOT NULL,
        style TEXT NOT NULL, year INTEGER, source TEXT NOT NULL, licence TEXT NOT NULL,
        key TEXT NOT NULL, tempo_bpm REAL, job_id TEXT, n_notes INTEGER NOT NULL,
        digest BLOB NOT NULL)""",
    *(
        f"CREATE INDEX solos_{column} ON solos ({column})"
        for column in ("performer", "instrument", "style", "year", "source", "job_id")
    ),
    # Notes lie apart: lists of solos are read without turning their pages.
    "CREATE TABLE lines (number INTEGER PRIMARY KEY, notes BLOB NOT NULL, rest BLOB NOT NULL)",
    # The identity tells a corpus from one that was here before and had as many changes.
    "CREATE TABLE state (generation INTEGER NOT NULL, identity TEXT NOT NULL)",
    "INSERT INTO state VALUES (0, lower(hex(randomblob(16))))",
)


class CorpusDatabase:
    """A connection to the file, made with its tables when it is absent.

    Parameters
    ----------
    folder : Path
        That holds it, made when it is absent.

    Raises
    ------
    CorpusError
        If it cannot be opened, is damaged, of another program or of another version.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        # One connection for all threads of a process that share this object, one after another.
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SEC, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise CorpusError(
                f"want a folder for the corpus that can be written, got {folder}: {error}"
            ) from error
        self._connection = connection
        try:
            with self._telling():
                self._settle()
        except CorpusError:
            connection.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read in one transaction: what others write meanwhile is not seen.

        Yields
        ------
        sqlite3.Connection
            To read from.

        Raises
        ------
        CorpusError
            If it cannot be read.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction, all or nothing; others wait.

        Yields
        ------
        sqlite3.Connection
            To read from and write to.

        Raises
        ------
        CorpusError
            If it cannot be written.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._telling():
            if self._connection.in_transaction:  # within another of this thread: it is one with it
                yield self._connection
                return
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        # SQLite quotes names of a damaged file in its messages, also those that are no text.
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._tell(error) from error

    def _tell(self, error: Exception) -> CorpusError:
        text = str(error)
        if "locked" in text or "busy" in text:
            return CorpusError(
                f"want the corpus {self.path} within {_BUSY_SEC:.0f} s, got: another process "
                "writes to it all the time; try again"
            )
        if "readonly" in text or "unable to open" in text or "full" in text:
            return CorpusError(f"want a corpus that can be written, got {self.path}: {text}")
        return CorpusError(
            f"want a corpus that can be read, got {self.path}: {text}; it is damaged: move it "
            "away, or bring back a copy, and import again"
        )

    def _settle(self) -> None:
        connection = self._connection
        application, layout = self._marks()
        is_new = not application and not layout and not self._has_tables()
        if not is_new:
            self._check_marks(application, layout)
        self._log_ahead()
        connection.execute("PRAGMA synchronous = NORMAL")
        if is_new:
            connection.execute("BEGIN IMMEDIATE")
            if not self._has_tables():  # another process may have been quicker
                for statement in _TABLES:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
            connection.execute("COMMIT")
            self._check_marks(*self._marks())

    def _marks(self) -> tuple[int, int]:
        connection = self._connection
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        return application, layout

    def _has_tables(self) -> bool:
        return self._connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None

    def _check_marks(self, application: int, layout: int) -> None:
        if application != _APPLICATION_ID:
            raise CorpusError(
                f"want a corpus of this program, got {self.path}, a database of another one; "
                "move it away"
            )
        if layout != LAYOUT:
            raise CorpusError(
                f"want a corpus of layout {LAYOUT}, got layout {layout} in {self.path}; use the "
                "version of the program that made it, or move it away and import again"
            )

    def _log_ahead(self) -> None:
        """Switch the write-ahead log on, which wants the file for itself for a moment."""
        deadline = time.monotonic() + _BUSY_SEC
        while True:
            try:
                (mode,) = self._connection.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_SEC)
                continue
            if mode != "wal":
                raise CorpusError(
                    f"want a file system that lets processes share {self.path}, got one that "
                    "does not; put the data directory on a local disk"
                )
            return
