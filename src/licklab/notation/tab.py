"""Where on a fingerboard notes are played.

In: onsets, ends and pitches, and a tuning. Out: string and fret of each note. What is struck
together, with what still sounds, is one grip of the hand; the row of grips with the least work for
the left hand is found by dynamic programming over strings and places of the hand (Sayegh,
"Fingering for string instruments with the optimum path paradigm", Computer Music Journal 13(3),
1989).
"""

from collections.abc import Sequence

import numpy as np

from licklab.domain.tab import StringFret, Tuning
from licklab.errors import ShapeError
from licklab.notation.grips import Floats, Ints
from licklab.notation.left_hand import LeftHand, TabPrices, Ways

# Fingers that strike together are no further apart.
_TOGETHER_SEC = 0.03
# Ends are heard to 50 ms (the tolerance that the field scores them with): less is no overlap.
_OVERLAP_SEC = 0.05
# Notes that are followed while they sound on; of more, those that end first are let go.
_MOST_HELD = 4


def finger(
    onsets_sec: Sequence[float],
    offsets_sec: Sequence[float],
    pitches_midi: Sequence[float],
    tuning: Tuning,
    prices: TabPrices | None = None,
) -> tuple[StringFret | None, ...]:
    """Place notes on a fingerboard.

    Parameters
    ----------
    onsets_sec, offsets_sec : sequence of float, seconds
        In the order of onsets.
    pitches_midi : sequence of float
        Sounding; rounded.
    tuning : Tuning
        Of the strings.
    prices : TabPrices, optional
        What work costs.

    Returns
    -------
    tuple of StringFret or None
        Of each note. None for what is not on the fingerboard, and for the notes of a chord that
        four fingers cannot hold under its higher ones.

    Raises
    ------
    ShapeError
        If there are not as many onsets, ends and pitches.
    """
    if not len(onsets_sec) == len(offsets_sec) == len(pitches_midi):
        raise ShapeError(
            f"want as many onsets, ends and pitches, got {len(onsets_sec)}, {len(offsets_sec)} "
            f"and {len(pitches_midi)}"
        )
    pitches = [round(one) for one in pitches_midi]
    hand = LeftHand(tuning, prices or TabPrices())
    chain: list[tuple[Ways, Ints]] = []
    costs: Floats = np.zeros(0)
    struck_sec = 0.0
    before: Ways | None = None
    for group in _group(onsets_sec, pitches):
        new = _playable(group, pitches, hand)
        if not new:
            continue
        now_sec = onsets_sec[new[0]]
        held = [] if before is None else _held(before, new, now_sec, offsets_sec, pitches)
        ways = hand.list_ways(new, held, pitches)
        steps = np.zeros(len(ways.cost), dtype=np.int64)
        total = ways.cost
        if before is not None:
            moved = costs[:, np.newaxis] + hand.price_moves(before, ways, now_sec - struck_sec)
            steps = moved.argmin(axis=0)
            total = moved.min(axis=0) + ways.cost
        costs, before, struck_sec = total, ways, now_sec
        chain.append((ways, steps))
    return _trace(chain, costs, pitches, tuning)


def _trace(
    chain: Sequence[tuple[Ways, Ints]], costs: Floats, pitches: Sequence[int], tuning: Tuning
) -> tuple[StringFret | None, ...]:
    found: list[StringFret | None] = [None] * len(pitches)
    at = int(costs.argmin()) if chain else 0
    for ways, steps in reversed(chain):
        # Last and therefore for good where a note was struck.
        for i, string in zip(ways.notes, ways.strings[at].tolist(), strict=True):
            if string:
                found[i] = StringFret(string, pitches[i] - tuning.open_midi[string - 1])
        at = int(steps[at])
    return tuple(found)


def _group(onsets_sec: Sequence[float], pitches: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for i, onset in enumerate(onsets_sec):
        # A pitch that comes again at once is struck again, not held twice.
        is_new = not groups or pitches[i] not in {pitches[j] for j in groups[-1]}
        if groups and is_new and onset - onsets_sec[groups[-1][0]] <= _TOGETHER_SEC:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _playable(group: Sequence[int], pitches: Sequence[int], hand: LeftHand) -> list[int]:
    """Choose what can be struck together: what does not fit under the higher notes is left out."""
    kept: list[int] = []
    for i in sorted(group, key=lambda j: -pitches[j]):
        if hand.can_hold(tuple(pitches[j] for j in (*kept, i))):
            kept.append(i)
    return kept


def _held(
    before: Ways,
    new: Sequence[int],
    now_sec: float,
    offsets_sec: Sequence[float],
    pitches: Sequence[int],
) -> list[int]:
    """List what still sounds, what sounds longest first; a pitch that is struck again does not."""
    struck = {pitches[i] for i in new}
    held = [
        i for i in before.notes
        if offsets_sec[i] - now_sec > _OVERLAP_SEC and pitches[i] not in struck
    ]  # fmt: skip
    return sorted(held, key=lambda i: -offsets_sec[i])[:_MOST_HELD]
