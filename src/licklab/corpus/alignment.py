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
def sort_few(values: Floats) -> None:
    """Sort a few numbers in their place."""
    for i in range(1, len(values)):
        one = values[i]
        at = i
        while at > 0 and values[at - 1] > one:
            values[at] = values[at - 1]
            at -= 1
        values[at] = one


@compiled
def judge_rhythm(query_onset: Floats, solo_onset: Floats, answers: Ints, work: Floats) -> float:
    """Sum up how far the notes that answer one another are apart in time.

    Parameters
    ----------
    query_onset, solo_onset : shape=(n_notes,), seconds
        Of the pattern and of the stretch.
    answers : shape=(len(query_onset),), int
        From `align`.
    work : shape=(4, at least len(query_onset))
        Room to work in.

    Returns
    -------
    float
        From 0 to 1 a note: the square of its distance, as of normal errors.
    """
    wanted, found, rest, values = work[0], work[1], work[2], work[3]
    n_notes = 0
    for i in range(len(answers)):
        if answers[i] >= 0:
            wanted[n_notes] = query_onset[i]
            found[n_notes] = solo_onset[answers[i]]
            n_notes += 1
    if n_notes < 3:
        return 0.0
    # The tempo: the median of slopes over half the notes each (Theil and Sen); then the moment.
    lag = n_notes // 2
    for i in range(n_notes - lag):
        values[i] = (found[i + lag] - found[i]) / max(wanted[i + lag] - wanted[i], 1e-3)
    sort_few(values[: n_notes - lag])
    slope = values[(n_notes - lag) // 2]
    for i in range(n_notes):
        rest[i] = values[i] = found[i] - slope * wanted[i]
    sort_few(values[:n_notes])
    middle = (values[n_notes // 2] + values[(n_notes - 1) // 2]) / 2
    for i in range(n_notes - 1):
        values[i] = found[i + 1] - found[i]
    sort_few(values[: n_notes - 1])
    unit = _SCALE * min(max(values[(n_notes - 1) // 2], _MIN_UNIT_SEC), _MAX_UNIT_SEC)
    total = 0.0
    for i in range(n_notes):
        off = max(abs(rest[i] - middle) - _TOLERANCE_SEC, 0.0) / unit
        total += min(off * off, 1.0)
    return total
