"""Counting beats: which bar each belongs to, and where in it."""

from collections.abc import Mapping, Sequence

from licklab.domain.beat import Beat, BeatGrid, TimeSignature


def count_beats(
    times_sec: Sequence[float],
    confidences: Sequence[float],
    time_signature: TimeSignature,
    positions: Mapping[int, int],
    bars: Mapping[int, int],
) -> BeatGrid:
    """Count beats from those whose place is known.

    Counting goes on from every known place to the next one; what comes before the first is counted
    backwards from it. A bar that a known place cuts short stays short.

    Parameters
    ----------
    times_sec : sequence of float, seconds of the original file
        When the beats fall, in order.
    confidences : sequence of float, 0 to 1
        Of each beat.
    time_signature : TimeSignature
        How many beats a bar has.
    positions : mapping of int to int
        Positions in their bars, from 1, of some beats by their index; index 0 is a downbeat when
        there are none.
    bars : mapping of int to int
        Bar numbers of some beats by their index; the first downbeat begins bar 1 when there are
        none.

    Returns
    -------
    BeatGrid
        All beats with their numbers.
    """
    counted = _count_positions(len(times_sec), time_signature.beats_per_bar, positions)
    # A new bar also begins where a known place sets the count back.
    begins = [i > 0 and counted[i] <= counted[i - 1] for i in range(len(counted))]
    numbers = _count_bars(begins, bars or _bar_one(counted))
    return BeatGrid(
        tuple(
            Beat(*values) for values in zip(times_sec, numbers, counted, confidences, strict=True)
        ),
        time_signature,
    )


def _count_positions(n_beats: int, per_bar: int, known: Mapping[int, int]) -> list[int]:
    if n_beats == 0:
        return []
    known = {i: place for i, place in known.items() if 0 <= i < n_beats} or {0: 1}
    first = min(known)
    counted = [(known[first] - 1 + i - first) % per_bar + 1 for i in range(n_beats)]
    for i in range(first, n_beats):
        counted[i] = known.get(i, counted[i - 1] % per_bar + 1)
    return counted


def _bar_one(counted: Sequence[int]) -> dict[int, int]:
    return {counted.index(1): 1} if 1 in counted else {0: 0}


def _count_bars(begins: Sequence[bool], known: Mapping[int, int]) -> list[int]:
    if not begins:
        return []
    numbers = [0] * len(begins)
    first = min(known)
    numbers[first] = known[first]
    for i in range(first - 1, -1, -1):
        numbers[i] = numbers[i + 1] - begins[i + 1]
    for i in range(first + 1, len(begins)):
        numbers[i] = known.get(i, numbers[i - 1] + begins[i])
    return numbers
