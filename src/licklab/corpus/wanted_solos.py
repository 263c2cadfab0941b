"""The solos that a filter leaves, and what is wrong with a filter that leaves none.

Who misspells a name would take an empty answer for "nobody plays it".
"""

from collections.abc import Iterable

from licklab.corpus.filtering import filter_instrument, find_names
from licklab.corpus.names import tell_missing
from licklab.corpus.solo import SoloFilter, SoloInfo
from licklab.corpus.store import Corpus
from licklab.domain.solo_line import Ints
from licklab.errors import QueryError

_MOST_TOLD = 20


def wanted_infos(corpus: Corpus, filters: SoloFilter) -> list[SoloInfo]:
    """List the solos that pass a filter.

    Parameters
    ----------
    corpus : Corpus
        The solos.
    filters : SoloFilter
        Which are wanted.

    Returns
    -------
    list of SoloInfo
        By performer, title and id; empty only without a filter.

    Raises
    ------
    QueryError
        If no solo of the corpus passes.
    CorpusError
        If it cannot be read.
    """
    infos = corpus.list_infos(filters)
    if not infos and filters != SoloFilter():
        raise QueryError(tell_unmet(corpus.list_infos(), filters))
    return infos


def wanted_numbers(corpus: Corpus, filters: SoloFilter) -> Ints:
    """List the numbers of the solos that pass a filter.

    Parameters
    ----------
    corpus : Corpus
        The solos.
    filters : SoloFilter
        Which are wanted.

    Returns
    -------
    shape=(n_solos,), int
        Rising; empty only without a filter.

    Raises
    ------
    QueryError
        If no solo of the corpus passes.
    CorpusError
        If it cannot be read.
    """
    numbers = corpus.numbers(filters)
    if not len(numbers) and filters != SoloFilter():
        raise QueryError(tell_unmet(corpus.list_infos(), filters))
    return numbers


def tell_unmet(infos: Iterable[SoloInfo], filters: SoloFilter) -> str:
    """Say why no solo passes a filter.

    Parameters
    ----------
    infos : iterable of SoloInfo
        Of all solos.
    filters : SoloFilter
        That none of them passes.

    Returns
    -------
    str
        What is wanted and what came.
    """
    known = list(infos)
    if not known:
        return "want solos in the corpus, got none: import some"
    player, players = filters.performer, sorted({one.performer for one in known})
    if player is not None and not find_names(player, players, parts=True):
        return tell_missing(player, players, "a player")
    instrument = filter_instrument(filters.instrument)
    for what, given, wanted, there in (
        ("an instrument", filters.instrument, instrument, {one.instrument for one in known}),
        ("a style", filters.style, filters.style, {one.style for one in known}),
        ("a source", filters.source, filters.source, {one.source for one in known}),
    ):
        if given is not None and wanted is not None and not find_names(wanted, there, parts=False):
            return f"want {what} of the corpus, got {given[:80]!r}; {_tell_those(there)}"
    return _tell_years(known, filters) or (
        "want filters that a solo of the corpus passes, got some that none passes together"
    )


def _tell_those(there: Iterable[str]) -> str:
    names = sorted(one for one in there if one)
    if not names:
        return "no solo there says its own"
    more = " and others" if len(names) > _MOST_TOLD else ""
    return f"there are {', '.join(names[:_MOST_TOLD])}{more}"


def _tell_years(known: Iterable[SoloInfo], filters: SoloFilter) -> str | None:
    first, last = filters.year_from, filters.year_to
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        return f"want years in order, got {first} to {last}"
    years = [one.year for one in known if one.year is not None]
    if any((first is None or first <= one) and (last is None or one <= last) for one in years):
        return None
    told = f"there are {min(years)} to {max(years)}" if years else "no solo there says its own"
    ends = (("from", first), ("up to", last))
    given = " ".join(f"{word} {year}" for word, year in ends if year is not None)
    return f"want years of the corpus, got {given}; {told}"
