"""What a filter of solos means in SQL."""

import sqlite3

from licklab.corpus.solo import SoloFilter
from licklab.domain.instrument import find_instrument
from licklab.errors import UnknownInstrumentError


def filter_clause(
    connection: sqlite3.Connection, filters: SoloFilter
) -> tuple[str, list[str | int]]:
    """Turn a filter into a condition.

    Parameters
    ----------
    connection : sqlite3.Connection
        In a transaction.
    filters : SoloFilter
        Which solos are wanted.

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
        "instrument": _instrument(filters.instrument),
        "style": filters.style,
        "source": filters.source,
    }
    for column, text in wanted.items():
        if text is None:
            continue
        # SQLite folds the case of ASCII only; there are few different names, so Python does it.
        rows = connection.execute(f"SELECT DISTINCT {column} FROM solos")  # noqa: S608 -- ours
        names = [name for (name,) in rows if fold(str(name)) == fold(text)]
        parts.append(f"{column} IN ({', '.join('?' * len(names))})")
        values += names
    for condition, year in (("year >= ?", filters.year_from), ("year <= ?", filters.year_to)):
        if year is not None:
            parts.append(condition)
            values.append(year)
    return " AND ".join(parts), values


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


def _instrument(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return find_instrument(name).id
    except UnknownInstrumentError:
        return name  # of a solo that came with another word
