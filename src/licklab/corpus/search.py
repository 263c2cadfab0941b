"""Search: where in the corpus a pattern is played, in any key and tempo, and with errors.

In go a query and an open index, out come matches, the cheapest first. Seeds find places
(`licklab.corpus.candidates`), the likeliest are aligned with their rhythm in the index
(`licklab.corpus.alignment`), and those that are shown once more on the solos of the store, with
exact times, chords and phrases.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from licklab.corpus.chord_context import read_context, stands_over, symbols_under
from licklab.corpus.index import SeedIndex
from licklab.corpus.match import Match, SearchFilter
from licklab.corpus.matching import make_match
from licklab.corpus.places import Pattern, Place, find_in_segment, prepare_pattern
from licklab.corpus.query import Query
from licklab.corpus.solo import CorpusSolo, SoloFilter
from licklab.corpus.store import Corpus
from licklab.corpus.wanted_solos import wanted_numbers
from licklab.domain.chord_symbol import ChordSymbol
from licklab.errors import UnknownSoloError

# Their order may change when rhythm is taken into the alignment.
_PLACES_A_MATCH = 10
# Places that are looked at in the store, where a filter wants chords or phrases of them.
_MOST_LOADED = 400


def search(
    corpus: Corpus,
    index: SeedIndex,
    query: Query,
    *,
    filters: SearchFilter | None = None,
    limit: int = 10,
) -> tuple[Match, ...]:
    """Search the corpus for a pattern.

    Parameters
    ----------
    corpus : Corpus
        To search in.
    index : SeedIndex
        Of it.
    query : Query
        What to search for.
    filters : SearchFilter, optional
        Which places are wanted; all if omitted, but for those that the query's own chords rule out.
    limit : int
        Matches wanted, 1 or more.

    Returns
    -------
    tuple of Match
        The cheapest first; those of one solo do not overlap. Empty where nothing is like it.

    Raises
    ------
    QueryError
        If the pattern has no pitches or more notes than any solo, the chords are none, or no solo
        passes the filter.
    CorpusError
        If the corpus cannot be read.
    """
    filters = filters or SearchFilter()
    context = query.chords if filters.chords is None else read_context(filters.chords)
    pattern = prepare_pattern(query, index.longest)
    found: list[Match] = []
    n_best = _PLACES_A_MATCH * limit
    if context or filters.within_phrase or filters.exclude_ids:
        n_best = max(_MOST_LOADED, 4 * limit)
    for place in _without_overlaps(_find(corpus, index, pattern, filters.solo, n_best)):
        if len(found) >= limit:
            break
        try:
            solo = index.load(corpus, place.number)
        except UnknownSoloError:
            continue  # it was removed since the index was opened
        if solo.info.id in filters.exclude_ids:
            continue
        match = make_match(pattern, solo, place)
        if match is not None and _passes(match, solo, filters, context, query):
            found.append(match)
    return tuple(sorted(found, key=lambda one: one.cost))


def _find(
    corpus: Corpus, index: SeedIndex, pattern: Pattern, filters: SoloFilter, n_best: int
) -> Iterator[Place]:
    """Find places, the cheapest first."""
    wanted = None if filters == SoloFilter() else wanted_numbers(corpus, filters)
    found = [find_in_segment(segment, pattern, wanted, n_best) for segment in index.segments]
    if not found:
        return
    costs, rows = (np.concatenate(one) for one in zip(*found, strict=True))
    for at in np.argsort(costs, kind="stable").tolist():
        yield Place(float(costs[at]), *rows[at].tolist())


def _without_overlaps(places: Iterable[Place]) -> Iterator[Place]:
    taken: dict[int, list[Place]] = {}
    for place in places:
        others = taken.setdefault(place.number, [])
        if all(place.stop <= one.start or one.stop <= place.start for one in others):
            others.append(place)
            yield place


def _passes(
    match: Match,
    solo: CorpusSolo,
    filters: SearchFilter,
    context: tuple[ChordSymbol, ...],
    query: Query,
) -> bool:
    if filters.within_phrase and not any(
        one.start <= match.span.start and match.span.stop <= one.stop for one in solo.phrases
    ):
        return False
    if not context:
        return True
    semitones = None if query.is_relative else match.transposition
    return stands_over(context, symbols_under(solo.line, match.span), semitones)
