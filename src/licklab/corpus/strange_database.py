"""SQLite files of strangers: opened for reading only, tables read by the names of their columns.

Whatever is in such a file, reading it ends in rows or in a `CorpusFileError`: views and triggers
are not looked at, the file's own functions are not trusted, and values have a greatest length.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from licklab.errors import CorpusFileError

HEAD = b"SQLite format 3\0"
"""How every such file begins (sqlite.org/fileformat2.html, section 1.3)."""

MOST_BYTES = 4_000_000_000
"""Of a file; the Weimar Jazz Database has 50 million."""

_LONGEST_VALUE = 100_000
Row = tuple[Any, ...]


class StrangeDatabase:
    """Tables of a file that is open.

    Parameters
    ----------
    connection : sqlite3.Connection
        For reading only.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._columns = {
            name.lower(): {
                row[1].lower() for row in connection.execute(f"PRAGMA table_info({_quote(name)})")
            }
            for (name,) in tables.fetchall()
        }

    def columns(self, table: str) -> set[str]:
        """List the columns of a table.

        Parameters
        ----------
        table : str
            Its name, in lower case.

        Returns
        -------
        set of str
            In lower case; none where there is no such table.
        """
        return self._columns.get(table, set())

    def demand(self, table: str, columns: Sequence[str]) -> None:
        """Refuse the file if something is not there.

        Parameters
        ----------
        table : str
            That is wanted.
        columns : sequence of str
            That it must have.

        Raises
        ------
        CorpusFileError
            If one is absent.
        """
        missing = [one for one in columns if one not in self.columns(table)]
        if missing:
            known = ", ".join(sorted(self._columns)[:12]) or "no table"
            raise CorpusFileError(
                f"want a table {table} with {', '.join(columns)}, as in the Weimar Jazz Database; "
                f"got none with {', '.join(missing)} (tables: {known[:200]})"
            )

    def rows(self, table: str, columns: Sequence[str], order: Sequence[str]) -> Iterator[Row]:
        """Read a table whose first wanted column is a whole number.

        Parameters
        ----------
        table : str
            Its name, in lower case.
        columns : sequence of str
            That are wanted; None stands in a row for those that are absent.
        order : sequence of str
            Columns to sort by, those that are there.

        Returns
        -------
        iterator of tuple
            One value for each column. Rows whose first column is no whole number are left out.
        """
        there = self.columns(table)
        if columns[0] not in there:
            return iter(())
        wanted = ", ".join(_quote(one) if one in there else "NULL" for one in columns)
        sort = ", ".join(_quote(one) for one in order if one in there) or "1"
        return self._connection.execute(
            f"SELECT {wanted} FROM {_quote(table)} "  # noqa: S608 -- quoted names
            f"WHERE typeof({_quote(columns[0])}) = 'integer' ORDER BY {sort}"
        )

    def first_text(self, table: str, column: str) -> str:
        """Read what stands in the first row of a table.

        Parameters
        ----------
        table, column : str
            Their names, in lower case.

        Returns
        -------
        str
            Empty where there is none.
        """
        if column not in self.columns(table):
            return ""
        row = self._connection.execute(
            f"SELECT {_quote(column)} FROM {_quote(table)}"  # noqa: S608 -- quoted names
        ).fetchone()
        return "" if row is None else str(row[0])


class RowGroups:
    """Rows sorted by their first value, taken group by group.

    Parameters
    ----------
    rows : iterator of tuple
        Of `StrangeDatabase.rows`, sorted by the first column.
    """

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._current = next(self._groups, None)

    def take(self, number: int) -> Iterator[Row]:
        """Take the rows of a number; later numbers only can be taken afterwards.

        Parameters
        ----------
        number : int
            Their first value.

        Returns
        -------
        iterator of tuple
            The rows; to be read before more is taken.
        """
        while self._current is not None and self._current[0] < number:
            self._current = next(self._groups, None)
        if self._current is None or self._current[0] != number:
            return iter(())
        return self._current[1]


@contextmanager
def open_strange(path: Path) -> Iterator[StrangeDatabase]:
    """Open a file of somebody else.

    Parameters
    ----------
    path : Path
        Of the file.

    Yields
    ------
    StrangeDatabase
        Its tables.

    Raises
    ------
    CorpusFileError
        If it is too large, cannot be read or is damaged, now or while its rows are read.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise CorpusFileError(
                f"want a database of at most {MOST_BYTES / 1e9:.0f} GB, got {size / 1e9:.1f} GB"
            )
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            connection.text_factory = _read_text
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
                connection.execute(f"PRAGMA {pragma}")
            yield StrangeDatabase(connection)
    except (sqlite3.Error, OSError, UnicodeError) as error:
        raise CorpusFileError(
            f"want an SQLite database that can be read, got {path.name}: {error}"
        ) from error


def _read_text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
