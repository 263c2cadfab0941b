"""Search: where in the corpus a pattern is played, in any key and tempo, and with errors.

In go a query and an open index, out come matches, the cheapest first. Seeds find places
(`licklab.corpus.candidates`), the likeliest are aligned with their rhythm in the index
(`licklab.corpus.alignment`), and those that are shown once more on the solos of the store, with
exact times, chords and phrases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from licklab.corpus.alignment import (
    GAP_COST,
    RHYTHM_WEIGHT,
    SHORT_GAP_COST,
    align,
    judge_rhythm,
)
from licklab.corpus.candidates import find_places, list_ranges, piece_masks
from licklab.corpus.chord_context import read_context, stands_over, symbols_under
from licklab.corpus.index import SeedIndex
from licklab.corpus.match import AlignedNote, AlignmentKind, Match, SearchFilter
from licklab.corpus.query import Query
from licklab.corpus.scoring import score_places
from licklab.corpus.segment import Segment, is_short
from licklab.corpus.solo import CorpusSolo, SoloFilter
from licklab.corpus.store import Corpus
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.solo_line import Floats, Ints, NoteSpan, SoloLine
from licklab.errors import QueryError, UnknownSoloError

# Seeds that are looked at in a segment, and places that are aligned (benchmarks.licks.search).
_BUDGET, _BUDGET_A_NOTE = 4_000, 500
_MOST_SEED_PLACES = 300
_ALIGNED_NOTES = 6_000
_SPARE = 10
# Places that are looked at in the store, where a filter wants chords or phrases of them.
_MOST_LOADED = 400


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A query as it is aligned."""

    pitch: Ints
    gap: Floats
    onset: Floats
    rhythm_weight: float
    slack: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the corpus, as the index sees it."""

    cost: float
    number: int
    start: int
    stop: int
    transposition: int


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
        Which places are wanted; all if omitted.
    limit : int
        Matches wanted, 1 or more.

    Returns
    -------
    tuple of Match
        The cheapest first; those of one solo do not overlap. Empty where nothing is like it.

    Raises
    ------
    QueryError
        If the pattern has no pitches or more notes than any solo, or the chords are none.
    CorpusError
        If the corpus cannot be read.
    """
    filters = filters or SearchFilter()
    context = read_context(filters.chords) if filters.chords else ()
    pattern = _prepare(query, index)
    found: list[Match] = []
    # Some may have left the corpus; where more is wanted of them, many may not pass.
    n_best = limit + _SPARE
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
        match = _make_match(pattern, solo, place)
        if match is not None and _passes(match, solo, filters, context, query):
            found.append(match)
    return tuple(sorted(found, key=lambda one: one.cost))


def _prepare(query: Query, index: SeedIndex) -> Pattern:
    if query.pitch_midi is None:
        raise QueryError("want pitches to search for, got only a rhythm")
    if index.segments and len(query) > index.longest:
        raise QueryError(
            f"want a pattern that a solo can hold, got {len(query)} notes; the longest solo of "
            f"the corpus has {index.longest}"
        )
    onset = np.arange(len(query), dtype=np.float64)
    gap = np.full(len(query), GAP_COST)
    if query.onset_sec is not None and query.has_rhythm:
        onset = query.onset_sec.astype(np.float64)
        offset = query.offset_sec
        if offset is None:
            offset = np.append(onset[1:], np.inf)
        gap[is_short(onset, offset.astype(np.float64))] = SHORT_GAP_COST
    return Pattern(
        pitch=query.pitch_midi.astype(np.int64),
        gap=gap,
        onset=onset,
        rhythm_weight=RHYTHM_WEIGHT if query.has_rhythm else 0.0,
        # One note in five may be too many or too few, and seeds find places to four notes.
        slack=4 + len(query) // 5,
    )


def _find(
    corpus: Corpus, index: SeedIndex, pattern: Pattern, filters: SoloFilter, n_best: int
) -> Iterator[Place]:
    """Find places, the cheapest first."""
    wanted = None if filters == SoloFilter() else corpus.numbers(filters)
    found = [_find_in_segment(segment, pattern, wanted, n_best) for segment in index.segments]
    if not found:
        return
    costs, rows = (np.concatenate(one) for one in zip(*found, strict=True))
    for at in np.argsort(costs, kind="stable").tolist():
        yield Place(float(costs[at]), *rows[at].tolist())


def _find_in_segment(
    segment: Segment, pattern: Pattern, wanted: Ints | None, n_best: int
) -> tuple[Floats, Ints]:
    """Find places: costs, and rows of number, first and last note and transposition."""
    arrays = segment.arrays
    is_wanted = segment.is_live
    if wanted is not None:
        is_wanted = is_wanted & np.isin(arrays.numbers, wanted)
    if not is_wanted.any():
        return np.empty(0), np.empty((0, 4), dtype=np.int64)
    n_notes = len(pattern.pitch)
    budget = _BUDGET + _BUDGET_A_NOTE * n_notes
    ranges = np.empty((160 * n_notes, 3), dtype=np.int64)
    n_exact, n_ranges = list_ranges(
        arrays.pitch, arrays.order, arrays.directory, pattern.pitch, _MOST_SEED_PLACES, ranges
    )
    places = np.empty((budget, 4), dtype=np.int64)
    n_places = find_places(
        arrays.pitch, arrays.order, arrays.starts, segment.solo_of_block, is_wanted,
        ranges[:n_ranges], n_exact, pattern.pitch, piece_masks(pattern.pitch), budget, pattern.slack,
        places,
    )  # fmt: skip
    costs, rows = np.empty(n_best), np.empty((n_best, 4), dtype=np.int64)
    n_best = score_places(
        arrays.pitch, arrays.gap_ms, arrays.starts, places[:n_places], pattern.pitch, pattern.gap,
        pattern.onset, pattern.rhythm_weight, pattern.slack, max(_ALIGNED_NOTES // n_notes, 100),
        costs, rows,
    )  # fmt: skip
    costs, rows = costs[:n_best], rows[:n_best]
    rows[:, 1:3] -= arrays.starts[rows[:, 0], None]
    rows[:, 0] = arrays.numbers[rows[:, 0]]
    return costs, rows


def _without_overlaps(places: Iterable[Place]) -> Iterator[Place]:
    taken: dict[int, list[Place]] = {}
    for place in places:
        others = taken.setdefault(place.number, [])
        if all(place.stop <= one.start or one.stop <= place.start for one in others):
            others.append(place)
            yield place


def _make_match(pattern: Pattern, solo: CorpusSolo, place: Place) -> Match | None:
    """Align once more, with the exact times of the store."""
    line, n_notes = solo.line, len(pattern.pitch)
    start = max(0, place.start - pattern.slack)
    stop = min(len(line), place.stop + pattern.slack)
    if start >= stop:
        return None
    own = slice(start, stop)
    onset = line.onset_sec[own]
    gap = np.where(is_short(onset, line.offset_sec[own]), SHORT_GAP_COST, GAP_COST)
    answers = np.empty(n_notes, dtype=np.int64)
    table = np.empty((n_notes + 1, stop - start + 1))
    cost = align(
        pattern.pitch, pattern.gap, line.pitch_midi[own], gap, place.transposition, table, answers
    )
    if pattern.rhythm_weight > 0:
        cost += pattern.rhythm_weight * judge_rhythm(
            pattern.onset, onset, answers, np.empty((4, n_notes))
        )
    answered = answers[answers >= 0] + start
    if not len(answered):
        return None
    span = NoteSpan(int(answered[0]), int(answered[-1]) + 1)
    return Match(
        number=place.number,
        info=solo.info,
        span=span,
        bar=int(line.bar[span.start]),
        beat=int(line.beat[span.start]),
        onset_sec=float(line.onset_sec[span.start]),
        offset_sec=float(line.offset_sec[span.stop - 1]),
        chords=tuple(_write_symbol(one) for one in symbols_under(line, span)),
        transposition=place.transposition,
        cost=cost / n_notes,
        alignment=_list_alignment(pattern, line, answers, start, place.transposition),
    )


def _list_alignment(
    pattern: Pattern, line: SoloLine, answers: Ints, start: int, transposition: int
) -> tuple[AlignedNote, ...]:
    found: list[AlignedNote] = []
    last: int | None = None
    for query, answer in enumerate(answers.tolist()):
        if answer < 0:
            found.append(AlignedNote(query, None, AlignmentKind.DELETED))
            continue
        solo = start + answer
        if last is not None:
            found += [
                AlignedNote(None, one, AlignmentKind.INSERTED) for one in range(last + 1, solo)
            ]
        last = solo
        off = int(line.pitch_midi[solo]) - int(pattern.pitch[query]) - transposition
        kind = AlignmentKind.SUBSTITUTED if off % 12 else AlignmentKind.OCTAVE
        found.append(AlignedNote(query, solo, kind if off else AlignmentKind.SAME))
    return tuple(found)


# Symbols never change, and the Weimar solos have 385 different ones.
@lru_cache(maxsize=4096)
def _write_symbol(symbol: ChordSymbol) -> str:
    return write_symbol(symbol)


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
