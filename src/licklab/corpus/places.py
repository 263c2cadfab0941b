"""Places of a segment that are like a pattern, the cheapest first.

In go a query and an open segment, out come places with their costs: seeds find them
(`licklab.corpus.candidates`), and the likeliest are aligned with their rhythm
(`licklab.corpus.scoring`), all in the memory of the index.
"""

from dataclasses import dataclass

import numpy as np

from licklab.corpus.alignment import GAP_COST, RHYTHM_WEIGHT, SHORT_GAP_COST
from licklab.corpus.candidates import find_places, list_ranges, piece_masks
from licklab.corpus.query import Query
from licklab.corpus.scoring import score_places
from licklab.corpus.segment import Segment, is_short
from licklab.domain.solo_line import Floats, Ints
from licklab.errors import QueryError

# Seeds that are looked at in a segment, and places that are aligned (benchmarks.licks.search).
_BUDGET, _BUDGET_A_NOTE = 4_000, 500
_MOST_SEED_PLACES = 300
_ALIGNED_NOTES = 6_000
# In large segments as many times more (benchmarks.licks.scale).
_LARGE_NOTES, _MORE_IN_LARGE = 1_000_000, 2


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A query as it is aligned.

    Attributes
    ----------
    pitch : shape=(n_notes,), MIDI
        Of the notes.
    gap : shape=(n_notes,)
        Cost of leaving out each.
    onset : shape=(n_notes,), seconds
        When they begin; anything where the weight of the rhythm is 0.
    rhythm_weight : float
        What rhythm counts.
    slack : int
        Notes more or less that a solo may have.
    """

    pitch: Ints
    gap: Floats
    onset: Floats
    rhythm_weight: float
    slack: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the corpus, as the index sees it.

    Attributes
    ----------
    cost : float
        As in `licklab.corpus.match.Match`, with times to the millisecond.
    number : int
        Of the solo.
    start, stop : int
        First note that answers, and the one after the last.
    transposition : int, semitones
        Above the pattern.
    """

    cost: float
    number: int
    start: int
    stop: int
    transposition: int


def prepare_pattern(query: Query, longest: int) -> Pattern:
    """Make a query ready for being aligned.

    Parameters
    ----------
    query : Query
        What to search for.
    longest : int
        Notes of the longest solo; 0 in an empty corpus, where everything may be looked for.

    Returns
    -------
    Pattern
        The same.

    Raises
    ------
    QueryError
        If it has no pitches or more notes than any solo.
    """
    if query.pitch_midi is None:
        raise QueryError("want pitches to search for, got only a rhythm")
    if longest and len(query) > longest:
        raise QueryError(
            f"want a pattern that a solo can hold, got {len(query)} notes; the longest solo of "
            f"the corpus has {longest}"
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


def find_in_segment(
    segment: Segment, pattern: Pattern, wanted: Ints | None, n_best: int
) -> tuple[Floats, Ints]:
    """Find the places of a segment.

    Parameters
    ----------
    segment : Segment
        Where to look.
    pattern : Pattern
        What is searched for.
    wanted : shape=(n,), int, or None
        Numbers of the solos that may be found; all that are in the corpus if None.
    n_best : int
        How many places are wanted.

    Returns
    -------
    costs : shape=(n_places,)
        The cheapest first.
    rows : shape=(n_places, 4), int
        Number of the solo, first note that answers, the one after the last, transposition.
    """
    arrays = segment.arrays
    is_wanted = segment.is_live
    if wanted is not None:
        is_wanted = is_wanted & np.isin(arrays.numbers, wanted)
    if not is_wanted.any():
        return np.empty(0), np.empty((0, 4), dtype=np.int64)
    n_notes = len(pattern.pitch)
    more = _MORE_IN_LARGE if arrays.n_notes > _LARGE_NOTES else 1
    budget = more * (_BUDGET + _BUDGET_A_NOTE * n_notes)
    ranges = np.empty((160 * n_notes, 3), dtype=np.int64)
    n_exact, n_ranges = list_ranges(
        arrays.pitch,
        arrays.order,
        arrays.directory,
        pattern.pitch,
        more * _MOST_SEED_PLACES,
        ranges,
    )
    places = np.empty((budget, 4), dtype=np.int64)
    n_places = find_places(
        arrays.pitch, arrays.order, arrays.starts, segment.solo_of_block, is_wanted,
        ranges[:n_ranges], n_exact, pattern.pitch, piece_masks(pattern.pitch), budget,
        pattern.slack, places,
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
