"""How much a corpus holds, of whom, and where from."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """What a player, an instrument or a style has of the corpus.

    Attributes
    ----------
    name : str
        Empty where the source names none.
    n_solos, n_notes : int
        How much.
    """

    name: str
    n_solos: int
    n_notes: int


@dataclass(frozen=True, slots=True)
class SourceShare:
    """What comes from a source, under its licence.

    Attributes
    ----------
    source, licence : str
        As kept with the solos.
    n_solos, n_notes : int
        How much.
    """

    source: str
    licence: str
    n_solos: int
    n_notes: int


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """How much a corpus holds.

    Attributes
    ----------
    n_solos, n_notes : int
        In all.
    performers, instruments, styles : tuple of Share
        Those with the most solos first.
    sources : tuple of SourceShare
        Those with the most solos first.
    first_year, last_year : int or None
        Of the recordings; None where no year is known.
    """

    n_solos: int
    n_notes: int
    performers: tuple[Share, ...] = ()
    instruments: tuple[Share, ...] = ()
    styles: tuple[Share, ...] = ()
    sources: tuple[SourceShare, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


def count_corpus(connection: sqlite3.Connection) -> CorpusStatistics:
    """Count what the tables hold.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.

    Returns
    -------
    CorpusStatistics
        Of all solos.
    """
    n_solos, n_notes, first, last = connection.execute(
        "SELECT count(*), coalesce(sum(n_notes), 0), min(year), max(year) FROM solos"
    ).fetchone()
    sources = connection.execute(
        "SELECT source, licence, count(*) AS n, sum(n_notes) FROM solos "
        "GROUP BY source, licence ORDER BY n DESC, source, licence"
    )
    return CorpusStatistics(
        n_solos,
        n_notes,
        _shares(connection, "performer"),
        _shares(connection, "instrument"),
        _shares(connection, "style"),
        tuple(SourceShare(*row) for row in sources),
        first,
        last,
    )


def _shares(connection: sqlite3.Connection, column: str) -> tuple[Share, ...]:
    rows = connection.execute(
        f"SELECT {column}, count(*) AS n, sum(n_notes) FROM solos "  # noqa: S608 -- our own names
        f"GROUP BY {column} ORDER BY n DESC, {column}"
    )
    return tuple(Share(*row) for row in rows)
