"""Solos as rows of the tables: put, dropped and selected within a transaction.

Names of columns and conditions are this package's own; what comes from outside is always a value
behind a question mark.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from licklab.corpus.filtering import filter_clause
from licklab.corpus.solo import SoloFilter, SoloInfo
from licklab.errors import CorpusError

_NAMES = tuple(one.name for one in fields(SoloInfo))
_COLUMNS = ", ".join(_NAMES)
_TEXTS = ("id", "performer", "title", "instrument", "style", "source", "licence", "key")
_INSERT = (
    f"INSERT INTO solos ({_COLUMNS}, n_notes, digest) "  # noqa: S608 -- see above
    f"VALUES ({', '.join('?' * (len(_NAMES) + 2))})"
)


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of solos that were to be added.

    Attributes
    ----------
    added, replaced, skipped : int
        New; changed since the last time; there already.
    """

    added: int = 0
    replaced: int = 0
    skipped: int = 0

    def __add__(self, other: "AddReport") -> "AddReport":
        return AddReport(
            self.added + other.added, self.replaced + other.replaced, self.skipped + other.skipped
        )


def put_solo(
    connection: sqlite3.Connection, info: SoloInfo, n_notes: int, notes: bytes, rest: bytes
) -> AddReport:
    """Put a solo in, unless it is there as it is.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction that writes.
    info : SoloInfo
        What is known of it.
    n_notes : int
        How many notes it has.
    notes, rest : bytes
        Of `licklab.corpus.packing`.

    Returns
    -------
    AddReport
        Of this one solo.
    """
    digest = hashlib.sha256(repr(astuple(info)).encode() + notes + rest).digest()
    old = connection.execute(
        "SELECT number, digest FROM solos WHERE id = ?", (info.id,)
    ).fetchone()  # fmt: skip
    if old is not None and old[1] == digest:
        return AddReport(skipped=1)
    if old is not None:
        drop_solos(connection, [old[0]])
    number = connection.execute(_INSERT, (*astuple(info), n_notes, digest)).lastrowid
    connection.execute("INSERT INTO lines VALUES (?, ?, ?)", (number, notes, rest))
    return AddReport(added=1) if old is None else AddReport(replaced=1)


def drop_solos(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Drop solos.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction that writes.
    numbers : sequence of int
        Of the solos.
    """
    rows = [(number,) for number in numbers]
    connection.executemany("DELETE FROM lines WHERE number = ?", rows)
    connection.executemany("DELETE FROM solos WHERE number = ?", rows)


def select_numbers(
    connection: sqlite3.Connection,
    filters: SoloFilter,
    *,
    ids: Sequence[str] | None = None,
    job_id: str | None = None,
    whole_names: bool = False,
) -> list[int]:
    """Select the numbers of solos.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    filters : SoloFilter
        Which are wanted.
    ids : sequence of str, optional
        And of these only.
    job_id : str, optional
        And of this job of the user only.
    whole_names : bool
        Whether a part of a performer's name is not enough.

    Returns
    -------
    list of int
        Rising.

    Raises
    ------
    CorpusError
        If a row is damaged.
    """
    clause, values = filter_clause(connection, filters, whole_names=whole_names)
    if job_id is not None:
        clause, values = f"{clause} AND job_id = ?", [*values, job_id]
    rows = connection.execute(
        f"SELECT number, id FROM solos WHERE {clause} ORDER BY number",  # noqa: S608 -- see above
        values,
    )
    wanted = None if ids is None else set(ids)
    return _whole_numbers(number for number, own in rows if wanted is None or own in wanted)


def select_infos(connection: sqlite3.Connection, filters: SoloFilter) -> dict[int, SoloInfo]:
    """Select what is known of solos.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    filters : SoloFilter
        Which are wanted.

    Returns
    -------
    dict of int to SoloInfo
        By number, rising.

    Raises
    ------
    CorpusError
        If a row is damaged.
    """
    clause, values = filter_clause(connection, filters)
    rows = connection.execute(
        f"SELECT number, {_COLUMNS} FROM solos WHERE {clause} "  # noqa: S608 -- see above
        "ORDER BY number",
        values,
    )
    return {number: _info(row) for number, *row in rows}


def select_solo(
    connection: sqlite3.Connection, column: str, value: str | int
) -> tuple[SoloInfo, bytes, bytes] | None:
    """Select a solo with its notes.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    column : str
        ``id`` or ``number``.
    value : str or int
        In it.

    Returns
    -------
    tuple of SoloInfo, bytes and bytes, or None
        As they were put in.

    Raises
    ------
    CorpusError
        If the row is damaged.
    """
    row = connection.execute(
        f"SELECT notes, rest, {_COLUMNS} FROM solos "  # noqa: S608 -- see above
        f"JOIN lines USING (number) WHERE {column} = ?",
        (value,),
    ).fetchone()
    if row is None:
        return None
    notes, rest, *info = row
    return _info(info), notes, rest


def read_generation(connection: sqlite3.Connection) -> int:
    """Read how often the corpus was changed.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.

    Returns
    -------
    int
        Its generation.

    Raises
    ------
    CorpusError
        If it is not there.
    """
    row = connection.execute("SELECT generation FROM state").fetchone()
    if row is None or not isinstance(row[0], int):
        raise _damaged()
    return row[0]


def read_identity(connection: sqlite3.Connection) -> str:
    """Read which corpus it is.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.

    Returns
    -------
    str
        That no other corpus has.

    Raises
    ------
    CorpusError
        If it is not there.
    """
    row = connection.execute("SELECT identity FROM state").fetchone()
    if row is None or not isinstance(row[0], str):
        raise _damaged()
    return row[0]


def raise_generation(connection: sqlite3.Connection) -> None:
    """Note that the corpus is changed.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction that writes.
    """
    generation = read_generation(connection) + 1
    connection.execute("UPDATE state SET generation = ?", (generation,))


def _info(row: Sequence[Any]) -> SoloInfo:
    values = dict(zip(_NAMES, row, strict=True))
    is_sound = (
        all(isinstance(values[name], str) for name in _TEXTS)
        and isinstance(values["year"], int | None)
        and isinstance(values["tempo_bpm"], float | int | None)
        and isinstance(values["job_id"], str | None)
    )
    if not is_sound:
        raise _damaged()
    return SoloInfo(**values)


def _whole_numbers(values: Iterable[Any]) -> list[int]:
    """Check numbers: a damaged file may have anything in their place."""
    numbers = list(values)
    if not all(isinstance(one, int) for one in numbers):
        raise _damaged()
    return numbers


def _damaged() -> CorpusError:
    return CorpusError(
        "want a corpus as it was written, got a damaged one; move it away, or bring back a copy, "
        "and import again"
    )
