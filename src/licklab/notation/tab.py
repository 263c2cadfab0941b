"""Where on a fingerboard notes are played.

In: onsets, ends and pitches, and a tuning. Out: string and fret of each note. What is struck
together, with what still sounds, is one grip of the hand; the row of grips with the least work for
the left hand is found by dynamic programming over strings and places of the hand (Sayegh,
"Fingering for string instruments with the optimum path paradigm", Computer Music Journal 13(3),
1989). How much work it is to move the hand depends on the time there is: it is aimed at a fret as a
hand is at any target (Fitts, "The information capacity of the human motor system in controlling the
amplitude of movement", Journal of Experimental Psychology 47(6), 1954).
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from licklab.domain.tab import StringFret, Tuning
from licklab.errors import ShapeError
from licklab.notation.grips import Floats, GripPrices, Grips, Ints, list_grips

Listing = Callable[[tuple[int, ...]], Grips | None]

# Fingers that strike together are no further apart.
_TOGETHER_SEC = 0.03
# Ends are heard to 50 ms (the tolerance that the field scores them with): less is no overlap.
_OVERLAP_SEC = 0.05
# Notes that are followed while they sound on; of more, those that end first are let go.
_MOST_HELD = 4
# Fitts found 10 to 12 bits a second: the hand needs a tenth of a second for each bit.
_SEC_A_BIT = 0.1
# No two strokes follow one another sooner (33 a second): keeps doubled onsets from dividing by 0.
_SHORTEST_SEC = 0.03
# Dearer than any way round it, and still a number: there may be none.
_IMPOSSIBLE = 1e6


@dataclass(frozen=True, slots=True)
class TabPrices:
    """What work costs the left hand, in the work of stretching by one fret.

    Their order is reasoned: one move is worse than one stretched note and better than two, for the
    eyes leave the page; skipping strings decides between equals. `pinned` and the price of an open
    string were chosen with one solo of GuitarSet in view out of some twenty settings, so that the
    share of strings on it says little about other players; `benchmarks/score/tab.py` prints how far
    the share moves when a price is another.

    Attributes
    ----------
    shift : float
        To leave the place of the hand at all.
    travel : float
        To move in just the time that it takes; less in proportion where there is more.
    rushed : float
        To move in less.
    cut : float
        To end a note that was heard to sound on.
    pinned : float
        For each finger that has to stay down while others play; an open string sounds on by itself.
    skip : float
        For each string between two notes.
    roll : float
        To play two notes on neighbouring strings with the same finger.
    grip : GripPrices
        To hold notes.
    """

    shift: float = 1.5
    travel: float = 1.5
    rushed: float = 20.0
    cut: float = 20.0
    pinned: float = 0.5
    skip: float = 0.25
    roll: float = 0.25
    grip: GripPrices = field(default_factory=GripPrices)


@dataclass(frozen=True, slots=True)
class _Ways:
    """All ways to play what is struck at one time.

    Attributes
    ----------
    notes : tuple of int
        Those that are struck, then those that may sound on.
    strings : shape=(n_ways, n_notes), from 1
        Of each; 0 for a note that is let go.
    hand, finger : shape=(n_ways,)
        As in `Grips`.
    middle : shape=(n_ways,)
        Of the strings that are struck.
    cost : shape=(n_ways,)
        Of the grip.
    """

    notes: tuple[int, ...]
    strings: Ints
    hand: Ints
    finger: Ints
    middle: Floats
    cost: Floats


def move_sec(n_frets: int) -> float:
    """Give the time that a trained hand needs to move along the neck.

    Parameters
    ----------
    n_frets : int
        How far; a fret is also the width of the target.

    Returns
    -------
    float, seconds
        A tenth for one fret, .23 for four, .36 for an octave.
    """
    return _SEC_A_BIT * float(np.log2(n_frets + 1))


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
    wanted = prices or TabPrices()
    pitches = [round(one) for one in pitches_midi]

    @functools.cache
    def grips(together: tuple[int, ...]) -> Grips | None:
        return list_grips(together, tuning, wanted.grip)

    chain: list[tuple[_Ways, Ints]] = []
    costs: Floats = np.zeros(0)
    struck_sec = 0.0
    before: _Ways | None = None
    for group in _group(onsets_sec, pitches):
        new = _playable(group, pitches, grips)
        if not new:
            continue
        now_sec = onsets_sec[new[0]]
        held = [] if before is None else _held(before, new, now_sec, offsets_sec, pitches)
        ways = _ways(new, held, pitches, grips)
        _pin(ways, len(new), pitches, tuning, wanted)
        steps = np.zeros(len(ways.cost), dtype=np.int64)
        total = ways.cost
        if before is not None:
            time_sec = max(now_sec - struck_sec, _SHORTEST_SEC)
            moved = costs[:, np.newaxis] + _moves(before, ways, time_sec, wanted)
            steps = moved.argmin(axis=0)
            total = moved.min(axis=0) + ways.cost
        costs, before, struck_sec = total, ways, now_sec
        chain.append((ways, steps))
    return _trace(chain, costs, pitches, tuning)


def _trace(
    chain: Sequence[tuple[_Ways, Ints]], costs: Floats, pitches: Sequence[int], tuning: Tuning
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


def _playable(group: Sequence[int], pitches: Sequence[int], grips: Listing) -> list[int]:
    """Choose what can be struck together: what does not fit under the higher notes is left out."""
    kept: list[int] = []
    for i in sorted(group, key=lambda j: -pitches[j]):
        if grips(tuple(pitches[j] for j in (*kept, i))) is not None:
            kept.append(i)
    return kept


def _held(
    before: _Ways,
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


def _ways(new: Sequence[int], held: Sequence[int], pitches: Sequence[int], grips: Listing) -> _Ways:
    """List the ways to strike notes while all of the held ones, or some, or none sound on."""
    parts, rows = [], []
    for n_held in range(len(held) + 1):
        notes = (*new, *held[:n_held])
        found = grips(tuple(pitches[i] for i in notes))
        if found is None:
            break
        parts.append(found)
        rows.append(np.pad(found.strings, ((0, 0), (0, len(held) - n_held))))
    strings = np.concatenate(rows)
    return _Ways(
        (*new, *held),
        strings,
        np.concatenate([one.hand for one in parts]),
        np.concatenate([one.finger for one in parts]),
        strings[:, : len(new)].mean(axis=1),
        np.concatenate([one.cost for one in parts]),
    )


def _pin(
    ways: _Ways, n_new: int, pitches: Sequence[int], tuning: Tuning, prices: TabPrices
) -> None:
    """Add the cost of fingers that stay down under what is struck."""
    opened = np.array((-1, *tuning.open_midi))
    for column, i in enumerate(ways.notes[n_new:], n_new):
        is_fretted = (ways.strings[:, column] > 0) & (opened[ways.strings[:, column]] < pitches[i])
        ways.cost[is_fretted] += prices.pinned


def _moves(before: _Ways, after: _Ways, time_sec: float, prices: TabPrices) -> Floats:
    """Give the cost of every move; shape=(n_before, n_after)."""
    distance = np.abs(before.hand[:, np.newaxis] - after.hand)
    share = np.log2(distance + 1.0) * (_SEC_A_BIT / time_sec)
    total: Floats = prices.travel * share
    total += prices.shift * (distance > 0)
    total += prices.rushed * (share > 1)
    across = np.abs(before.middle[:, np.newaxis] - after.middle)
    total += prices.skip * np.maximum(across - 1, 0)
    same = (before.finger[:, np.newaxis] == after.finger) & (after.finger >= 0)
    total += prices.roll * (same & (across > 0) & (distance == 0))
    n_struck = len(after.notes) - sum(i in before.notes for i in after.notes)
    for column, i in enumerate(after.notes[n_struck:], n_struck):
        was = before.strings[:, before.notes.index(i), np.newaxis]
        stays = after.strings[:, column]
        total += prices.cut * ((was > 0) & (stays == 0))
        total += _IMPOSSIBLE * ((stays > 0) & (stays != was))
    return total
