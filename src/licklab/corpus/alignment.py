"""A pattern laid along a stretch of a solo: which note answers which, and what it costs.

In go pitches and onsets of both and a transposition, out comes the cheapest alignment by dynamic
programming (Needleman and Wunsch, "A general method applicable to the search for similarities",
Journal of Molecular Biology 48, 1970), free before and after the pattern. Rhythm is judged on that
alignment: the solo's onsets are compared with the pattern's, moved and stretched to fit best, so
tempo costs nothing.

Costs are in notes: a wrong note costs 1, a wrong octave half. The cost of a match is their sum over
the notes of the pattern: 0 for the same phrase in any key and tempo, 1 for nothing in common.
"""

import numpy as np
import numpy.typing as npt

from licklab.corpus.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WRONG_COST, SEMITONE_COST, OCTAVE_COST = 1.0, 0.8, 0.5
"""Of a wrong note, of one that is a semitone off, of a wrong octave (benchmarks.licks.search)."""

GAP_COST, SHORT_GAP_COST = 1.0, 0.5
"""Of a note that only one of them has, and of one that is shorter than `SHORT_SEC`."""

SHORT_SEC = 0.07
"""Notes below are ornaments: players leave them out or put them in."""

RHYTHM_WEIGHT = 0.6
"""Cost of a note at quite another time, in wrong notes."""

# Half of what listeners notice in a row of tones (Friberg and Sundberg, "Time discrimination in a
# monotonic, isochronous sequence", JASA 98, 1995); it also covers the milliseconds of the index.
_TOLERANCE_SEC = 0.005
# A note that is off by this share of the usual distance between notes is at quite another time.
_SCALE = 0.8
# That distance is taken to be at least and at most so long.
_MIN_UNIT_SEC, _MAX_UNIT_SEC = 0.08, 0.5


@compiled
def pitch_cost(wanted: int, found: int) -> float:
    """Give the cost of one note in the place of another."""
    off = abs(wanted - found)
    if off == 0:
        return 0.0
    if off == 1:
        return SEMITONE_COST
    return OCTAVE_COST if off % 12 == 0 else WRONG_COST


@compiled
def align(
    query: Ints, query_gap: Floats, solo: Ints, solo_gap: Floats, transposition: int,
    table: npt.NDArray[np.float64], answers: Ints,
) -> float:  # fmt: skip
    """Align a pattern to a stretch of a solo by pitch.

    Parameters
    ----------
    query, solo : shape=(n_notes,), MIDI
        The pattern and the stretch.
    query_gap, solo_gap : shape=(n_notes,)
        Cost of leaving out each note.
    transposition : int
        Semitones that the solo is higher.
    table : shape=(at least len(query) + 1, at least len(solo) + 1)
        Room to work in.
    answers : shape=(at least len(query),), int
        Filled with the solo's note for each of the pattern's; -1 where it has none.

    Returns
    -------
    float
        The cost.
    """
    n_query, n_solo = len(query), len(solo)
    for column in range(n_solo + 1):
        table[0, column] = 0.0
    for row in range(1, n_query + 1):
        gap = query_gap[row - 1]
        wanted = query[row - 1] + transposition
        table[row, 0] = table[row - 1, 0] + gap
        for column in range(1, n_solo + 1):
            least = table[row - 1, column - 1] + pitch_cost(wanted, solo[column - 1])
            least = min(least, table[row - 1, column] + gap)
            least = min(least, table[row, column - 1] + solo_gap[column - 1])
            table[row, column] = least
    end = 0
    for column in range(1, n_solo + 1):
        if table[n_query, column] < table[n_query, end]:
            end = column
    row, column = n_query, end
    while row > 0:
        here = table[row, column]
        wanted = query[row - 1] + transposition
        if column > 0 and (
            here == table[row - 1, column - 1] + pitch_cost(wanted, solo[column - 1])
        ):
            row, column = row - 1, column - 1
            answers[row] = column
        elif here == table[row - 1, column] + query_gap[row - 1]:
            row -= 1
            answers[row] = -1
        else:
            column -= 1
    return table[n_query, end]


@compiled
def judge_rhythm(query_onset: Floats, solo_onset: Floats, answers: Ints) -> float:
    """Sum up how far the notes that answer one another are apart in time.

    Parameters
    ----------
    query_onset, solo_onset : shape=(n_notes,), seconds
        Of the pattern and of the stretch.
    answers : shape=(len(query_onset),), int
        From `align`.

    Returns
    -------
    float
        From 0 to 1 a note: the square of its distance, as of normal errors.
    """
    wanted = query_onset[answers >= 0]
    found = solo_onset[answers[answers >= 0]]
    n_notes = len(wanted)
    if n_notes < 3:
        return 0.0
    # The tempo: the median of slopes over half the notes each (Theil and Sen); then the moment.
    lag = n_notes // 2
    slopes = np.sort((found[lag:] - found[:-lag]) / np.maximum(wanted[lag:] - wanted[:-lag], 1e-3))
    slope = slopes[len(slopes) // 2]
    rest = found - slope * wanted
    ordered = np.sort(rest)
    middle = (ordered[n_notes // 2] + ordered[(n_notes - 1) // 2]) / 2
    gaps = np.sort(found[1:] - found[:-1])
    unit = _SCALE * min(max(gaps[len(gaps) // 2], _MIN_UNIT_SEC), _MAX_UNIT_SEC)
    total = 0.0
    for one in rest:
        off = max(abs(one - middle) - _TOLERANCE_SEC, 0.0) / unit
        total += min(off * off, 1.0)
    return total


@compiled
def score_places(
    pitch: npt.NDArray[np.uint8],
    gap_ms: npt.NDArray[np.uint16],
    starts: Ints,
    places: Ints,
    query: Ints,
    query_gap: Floats,
    query_onset: Floats,
    rhythm_weight: float,
    slack: int,
    spans: Ints,
) -> Floats:
    """Align a pattern at many places of a segment.

    Parameters
    ----------
    pitch, gap_ms, starts : ndarray
        Of the segment.
    places : shape=(n_places, 4), int
        From `licklab.corpus.candidates.find_places`.
    query, query_gap, query_onset : shape=(n_notes,)
        The pattern: MIDI pitches, cost of leaving out each, seconds.
    rhythm_weight : float
        0 where the pattern has no rhythm.
    slack : int
        Notes more or less that a solo may have.
    spans : shape=(n_places, 2), int
        Filled with the first position that answers and the one after the last.

    Returns
    -------
    shape=(n_places,), 0 to 1 and more
        The cost of each.
    """
    n_notes = len(query)
    table = np.empty((n_notes + 1, n_notes + 2 * slack + 1))
    answers = np.empty(n_notes, dtype=np.int64)
    costs = np.empty(len(places))
    for row in range(len(places)):
        first, transposition, solo = places[row, 0], places[row, 1], places[row, 3]
        start = max(starts[solo], first - slack)
        stop = min(starts[solo + 1] - 1, first + n_notes + slack)
        length = stop - start
        notes = np.empty(length, dtype=np.int64)
        gaps = np.empty(length)
        onsets = np.empty(length)
        now = 0.0
        for step in range(length):
            stored = np.int64(pitch[start + step])
            notes[step] = stored & 0x7F
            gaps[step] = SHORT_GAP_COST if stored & 0x80 else GAP_COST
            onsets[step] = now
            now += gap_ms[start + step] / 1000
        cost = align(query, query_gap, notes, gaps, transposition, table, answers)
        if rhythm_weight > 0:
            cost += rhythm_weight * judge_rhythm(query_onset, onsets, answers)
        costs[row] = cost / n_notes
        spans[row, 0] = spans[row, 1] = start
        for one in answers:
            if one >= 0:
                if spans[row, 0] == spans[row, 1]:
                    spans[row, 0] = start + one
                spans[row, 1] = start + one + 1
    return costs
