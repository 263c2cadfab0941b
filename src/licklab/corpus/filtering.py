"""What a filter of solos means in SQL."""

import sqlite3
from collections.abc import Iterable

from licklab.corpus.solo import SoloFilter
from licklab.domain.instrument import find_instrument
from licklab.errors import UnknownInstrumentError

# Nothing is recorded after it, and SQLite takes no number of more than 8 bytes.
_LAST_YEAR = 9999


def filter_clause(
    connection: sqlite3.Connection, filters: SoloFilter, *, whole_names: bool = False
) -> tuple[str, list[str | int]]:
    """Turn a filter into a condition.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    filters : SoloFilter
        Which solos are wanted.
    whole_names : bool
        Whether a part of a performer's name is not enough.

    Returns
    -------
    clause : str
        To stand behind ``WHERE``.
    values : list of str or int
        For its question marks.
    """
    parts, values = ["1"], list[str | int]()
    wanted = {
        "performer": filters.performer,
        "instrument": filter_instrument(filters.instrument),
        "style": filters.style,
        "source": filters.source,
    }
    for column, text in wanted.items():
        if text is None:
            continue
        # SQLite folds the case of ASCII only; there are few different names, so Python does it.
        rows = connection.execute(f"SELECT DISTINCT {column} FROM solos")  # noqa: S608 -- ours
        there = [str(name) for (name,) in rows]
        names = find_names(text, there, parts=column == "performer" and not whole_names)
        parts.append(f"{column} IN ({', '.join('?' * len(names))})")
        values += names
    for condition, year in (("year >= ?", filters.year_from), ("year <= ?", filters.year_to)):
        if year is not None:
            parts.append(condition)
            values.append(min(max(year, -_LAST_YEAR), _LAST_YEAR))
    return " AND ".join(parts), values


def find_names(given: str, names: Iterable[str], *, parts: bool) -> list[str]:
    """Find the names that a person means.

    Parameters
    ----------
    given : str
        As a person writes it.
    names : iterable of str
        That there are.
    parts : bool
        Whether, where no name is that, those count in which words begin so.

    Returns
    -------
    list of str
        In their order.

    Examples
    --------
    >>> find_names("parker", ["Charlie Parker", "Leo Parker", "Art Pepper"], parts=True)
    ['Charlie Parker', 'Leo Parker']
    """
    wanted, there = fold(given), list(names)
    whole = [name for name in there if fold(name) == wanted]
    if whole or not parts or not wanted:
        return whole
    return [name for name in there if f" {wanted}" in f" {fold(name)}"]


def fold(text: str) -> str:
    """Bring a name into the form in which names are compared.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    str
        Without case and without needless spaces.

    Examples
    --------
    >>> fold(" John  COLTRANE ")
    'john coltrane'
    """
    return " ".join(text.casefold().split())


def filter_instrument(name: str | None) -> str | None:
    """Give the id of an instrument that is filtered for.

    Parameters
    ----------
    name : str or None
        Any of its names.

    Returns
    -------
    str or None
        Its id; the name itself where no instrument has it.
    """
    if name is None:
        return None
    try:
        return find_instrument(name).id
    except UnknownInstrumentError:
        return name  # of a solo that came with another word
