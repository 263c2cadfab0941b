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

RHYTHM_WEIGHT = 0.35
"""Cost of a note at quite another time, in wrong notes."""

# Half of what listeners notice in a row of tones (Friberg and Sundberg, "Time discrimination in a
# monotonic, isochronous sequence", JASA 98, 1995); it also covers the milliseconds of the index.
_TOLERANCE_SEC = 0.005
# A note comes at quite another time if it is off by this share of the usual distance between notes,
# or by that share of its own distance: rests are free. Chosen with the weight on the queries of
# benchmarks.licks.search of players who are not reported.
_SCALE, _OWN_SCALE = 0.7, 0.5
# The usual distance is taken to be at least and at most so long.
_MIN_UNIT_SEC, _MAX_UNIT_SEC = 0.08, 0.5


# Of two alignments by pitch the one is better whose notes come together; it is chosen as if notes
# that do not cost so much more.
_TIME_WEIGHT = 0.3


@compiled
def time_cost(off_sec: float, unit_sec: float) -> float:
    """Give what it costs an alignment that two notes are apart."""
    share = off_sec / unit_sec
    return _TIME_WEIGHT * min(share * share, 1.0)


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
    query: Ints,
    query_gap: Floats,
    query_onset: Floats,
    solo: Ints,
    solo_gap: Floats,
    solo_onset: Floats,
    transposition: int,
    unit_sec: float,
    table: npt.NDArray[np.float64],
    answers: Ints,
) -> float:
    """Align a pattern to a stretch of a solo by pitch, and by time where that is wanted.

    Parameters
    ----------
    query, solo : shape=(n_notes,), MIDI
        The pattern and the stretch.
    query_gap, solo_gap : shape=(n_notes,)
        Cost of leaving out each note.
    query_onset, solo_onset : shape=(n_notes,), seconds
        Of the notes, both in the solo's time.
    transposition : int
        Semitones that the solo is higher.
    unit_sec : float
        A usual distance between notes; 0 aligns by pitch alone.
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
            if unit_sec > 0:
                least += time_cost(query_onset[row - 1] - solo_onset[column - 1], unit_sec)
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
        together = np.inf
        if column > 0:
            together = table[row - 1, column - 1] + pitch_cost(wanted, solo[column - 1])
            if unit_sec > 0:
                together += time_cost(query_onset[row - 1] - solo_onset[column - 1], unit_sec)
        if here == together:
            row, column = row - 1, column - 1
            answers[row] = column
        elif here == table[row - 1, column] + query_gap[row - 1]:
            row -= 1
            answers[row] = -1
        else:
            column -= 1
    return float(table[n_query, end])


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
def find_tempo(wanted: Floats, found: Floats, slopes: Floats, values: Floats) -> float:
    """Give the tempo of a pattern, in seconds of the solo a second.

    Parameters
    ----------
    wanted, found : shape=(n_notes,), seconds
        Onsets of notes that answer one another; 2 or more.
    slopes, values : shape=(n_notes,)
        Room to work in.

    Returns
    -------
    float
        The slope over half the notes that lies in the middle of all, weighted by their length
        (after Theil and Sen): over a rest it is exact.
    """
    lag, total = len(wanted) // 2, 0.0
    n_slopes = len(wanted) - lag
    for i in range(n_slopes):
        length = max(wanted[i + lag] - wanted[i], 1e-3)
        slopes[i] = values[i] = (found[i + lag] - found[i]) / length
        total += length
    sort_few(values[:n_slopes])
    passed = 0.0
    for one in values[:n_slopes]:
        for i in range(n_slopes):
            if slopes[i] == one:
                passed += max(wanted[i + lag] - wanted[i], 1e-3)
        if passed >= total / 2:
            return float(one)
    return float(values[n_slopes - 1])


@compiled
def add_up(
    query: Ints, query_gap: Floats, solo: Ints, solo_gap: Floats, transposition: int, answers: Ints
) -> float:
    """Add up what an alignment costs in pitch; as for `align`."""
    total, last = 0.0, -1
    for row in range(len(query)):
        column = answers[row]
        if column < 0:
            total += query_gap[row]
            continue
        total += pitch_cost(query[row] + transposition, solo[column])
        if last >= 0:
            for between in range(last + 1, column):
                total += solo_gap[between]
        last = column
    return total


@compiled
def judge_rhythm(
    query_onset: Floats, solo_onset: Floats, answers: Ints, moved: Floats, work: Floats
) -> tuple[float, float]:
    """Sum up how far the distances of notes that answer one another differ.

    Parameters
    ----------
    query_onset, solo_onset : shape=(n_notes,), seconds
        Of the pattern and of the stretch.
    answers : shape=(len(query_onset),), int
        From `align`.
    moved : shape=(len(query_onset),)
        Filled with the pattern's onsets in the solo's time.
    work : shape=(4, at least len(query_onset))
        Room to work in.

    Returns
    -------
    total : float
        From 0 to 1 a note: the square of the difference, as of normal errors.
    unit_sec : float
        The usual distance between notes; 0 where too few answer.
    """
    n_notes = 0
    for i in range(len(answers)):
        if answers[i] >= 0:
            work[0, n_notes] = query_onset[i]
            work[1, n_notes] = solo_onset[answers[i]]
            n_notes += 1
    if n_notes < 3:  # two notes have any tempo
        return 0.0, 0.0
    wanted, found, values = work[0, :n_notes], work[1, :n_notes], work[3, :n_notes]
    tempo = find_tempo(wanted, found, work[2], values)
    for i in range(n_notes):
        values[i] = found[i] - tempo * wanted[i]
    sort_few(values)
    for i in range(len(answers)):
        moved[i] = values[n_notes // 2] + tempo * query_onset[i]
    for i in range(n_notes - 1):
        values[i] = found[i + 1] - found[i]
    sort_few(values[: n_notes - 1])
    unit = min(max(values[(n_notes - 1) // 2], _MIN_UNIT_SEC), _MAX_UNIT_SEC)
    total = 0.0
    for i in range(1, n_notes):
        distance = found[i] - found[i - 1]
        off = abs(distance - tempo * (wanted[i] - wanted[i - 1]))
        share = max(off - _TOLERANCE_SEC, 0.0) / max(_SCALE * unit, _OWN_SCALE * distance)
        total += min(share * share, 1.0)
    return total, unit


@compiled
def align_in_time(
    query: Ints,
    query_gap: Floats,
    query_onset: Floats,
    solo: Ints,
    solo_gap: Floats,
    solo_onset: Floats,
    transposition: int,
    rhythm_weight: float,
    limit: float,
    again: bool,  # noqa: FBT001 -- numba has no keywords without order
    table: npt.NDArray[np.float64],
    work: Floats,
    answers: Ints,
) -> float:
    """Align a pattern to a stretch of a solo by pitch, and then by the rhythm that comes of it.

    Parameters
    ----------
    query, query_gap, query_onset, solo, solo_gap, solo_onset, transposition : ndarray and int
        As for `align`, the pattern's onsets in its own time.
    rhythm_weight : float
        0 where the pattern has no rhythm.
    limit : float
        What costs more than this by pitch alone is not looked at further.
    again : bool
        Whether to align once more by the rhythm.
    table : shape=(at least len(query) + 1, at least len(solo) + 1)
        Room to work in.
    work : shape=(5, at least len(query))
        More of it.
    answers : shape=(len(query),), int
        Filled with the solo's note for each of the pattern's; -1 where it has none.

    Returns
    -------
    float
        The cost, of all notes together.
    """
    moved = work[4, : len(query)]
    cost = align(
        query, query_gap, query_onset, solo, solo_gap, solo_onset, transposition, 0.0, table,
        answers,
    )  # fmt: skip
    if rhythm_weight == 0 or cost > limit:
        return cost
    off, unit_sec = judge_rhythm(query_onset, solo_onset, answers, moved, work)
    cost += rhythm_weight * off
    if not again or unit_sec == 0:
        return cost
    # Equal pitches may have been taken for one another: once more, now that the tempo is known.
    others = answers.copy()
    align(
        query, query_gap, moved, solo, solo_gap, solo_onset, transposition, unit_sec, table, others
    )
    off, _ = judge_rhythm(query_onset, solo_onset, others, moved, work)
    other = rhythm_weight * off + add_up(query, query_gap, solo, solo_gap, transposition, others)
    if other < cost:
        cost = other
        answers[:] = others
    return cost
