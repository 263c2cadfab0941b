"""The likeliest of many places, aligned and compared.

In go places of a segment with their edit distances, out come the best of them by full cost, one for
each passage.
"""

import numpy as np
import numpy.typing as npt

from licklab.corpus.alignment import GAP_COST, SHORT_GAP_COST, align_in_time
from licklab.corpus.compiled import compiled
from licklab.corpus.seeds import Whole

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@compiled
def keep_best(
    costs: Floats, rows: Ints, n_kept: int, cost: float, solo: int, start: int, stop: int, move: int
) -> int:
    """Keep a place if it is among the best, and better than those that overlap it.

    Parameters
    ----------
    costs : shape=(room,)
        Of the best so far, the cheapest first.
    rows : shape=(room, 4), int
        Solo, first note, note after the last and transposition of each.
    n_kept : int
        How many there are.
    cost, solo, start, stop, move : float and int
        Of the new one.

    Returns
    -------
    int
        How many there are now.
    """
    last = n_kept
    for at in range(n_kept):
        if rows[at, 0] == solo and rows[at, 1] < stop and start < rows[at, 2]:
            if costs[at] <= cost:
                return n_kept
            last = at  # the worse one of a passage gives way
            break
    if last == len(costs):
        if costs[last - 1] <= cost:
            return n_kept
        last -= 1
    at = last
    while at > 0 and costs[at - 1] > cost:
        costs[at] = costs[at - 1]
        for column in range(4):
            rows[at, column] = rows[at - 1, column]
        at -= 1
    costs[at] = cost
    rows[at, 0], rows[at, 1], rows[at, 2], rows[at, 3] = solo, start, stop, move
    return max(n_kept, last + 1)


@compiled
def unpack(
    pitch: npt.NDArray[np.uint8],
    gap_ms: npt.NDArray[np.uint16],
    start: Whole,
    length: Whole,
    notes: Ints,
    gaps: Floats,
    onsets: Floats,
) -> None:
    """Take notes of a segment out: their pitches, costs of leaving them out, and onsets."""
    now = 0.0
    for step in range(length):
        stored = np.int64(pitch[start + step])
        notes[step] = stored & 0x7F
        gaps[step] = SHORT_GAP_COST if stored & 0x80 else GAP_COST
        onsets[step] = now
        now += gap_ms[start + step] / 1000


@compiled
def answered(answers: Ints) -> tuple[int, int]:
    """Give the first and the last note of a pattern that has an answer."""
    low, high = 0, len(answers) - 1
    while low < high and answers[low] < 0:
        low += 1
    while high > low and answers[high] < 0:
        high -= 1
    return low, high


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
    most: int,
    costs: Floats,
    rows: Ints,
) -> int:
    """Align a pattern at the likeliest places of a segment.

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
    most : int
        Places that are aligned, those of the smallest edit distances.
    costs : shape=(n_best,)
        Filled with the costs of the best.
    rows : shape=(n_best, 4), int
        Filled with solo, first position that answers, position after the last, transposition.

    Returns
    -------
    int
        How many there are.
    """
    n_notes = len(query)
    room = n_notes + 2 * slack
    table = np.empty((n_notes + 1, room + 1))
    work = np.empty((5, n_notes))
    answers = np.empty(n_notes, dtype=np.int64)
    notes, gaps, onsets = np.empty(room, dtype=np.int64), np.empty(room), np.empty(room)
    n_kept, n_aligned, is_done = 0, 0, False
    for distance in range(n_notes + 1):
        for row in range(len(places)):
            if places[row, 2] != distance:
                continue
            limit = costs[-1] * n_notes if n_kept == len(costs) else np.inf
            # An edit costs half a note or more.
            is_done = n_aligned == most or distance * SHORT_GAP_COST > limit
            if is_done:
                break
            n_aligned += 1
            first, move, solo = places[row, 0], places[row, 1], places[row, 3]
            start = max(starts[solo], first - slack)
            length = min(starts[solo + 1] - 1, first + n_notes + slack) - start
            unpack(pitch, gap_ms, start, length, notes, gaps, onsets)
            cost = align_in_time(
                query, query_gap, query_onset, notes[:length], gaps[:length], onsets[:length],
                move, rhythm_weight, limit, False, table, work, answers,  # noqa: FBT003
            )  # fmt: skip
            if cost > limit:
                continue
            low, high = answered(answers)
            if answers[low] >= 0:
                n_kept = keep_best(
                    costs, rows, n_kept, cost / n_notes, solo, start + answers[low],
                    start + answers[high] + 1, move,
                )  # fmt: skip
        if is_done:
            break
    for row in range(n_kept):
        solo = rows[row, 0]
        start = max(starts[solo], rows[row, 1] - slack)
        length = min(starts[solo + 1] - 1, rows[row, 1] + n_notes + slack) - start
        unpack(pitch, gap_ms, start, length, notes, gaps, onsets)
        costs[row] = (
            align_in_time(
                query, query_gap, query_onset, notes[:length], gaps[:length], onsets[:length],
                rows[row, 3], rhythm_weight, np.inf, True, table, work, answers,  # noqa: FBT003
            )
            / n_notes
        )  # fmt: skip
        low, high = answered(answers)
        rows[row, 1], rows[row, 2] = start + answers[low], start + answers[high] + 1
    return n_kept
