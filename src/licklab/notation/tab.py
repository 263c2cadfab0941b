"""Where on a fingerboard notes are played.

In: onsets and pitches, and a tuning. Out: string and fret of each note. What is struck
together is one shape of the hand; the row of shapes with the least work for the left hand is found
by dynamic programming over string, fret and place of the hand (Sayegh, "Fingering for string
instruments with the optimum path paradigm", Computer Music Journal 13(3), 1989). The place of the
hand is the fret under the index finger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from licklab.domain.tab import StringFret, Tuning

Floats = npt.NDArray[np.float64]
Shape = tuple[int | None, ...]  # fret of each note of a group; strings stand in a row beside it

# Fingers that strike together are no further apart.
_TOGETHER_SEC = 0.03
# One finger a fret, and one more by stretching: wider is played low on the neck only by big hands.
_FINGERS, _REACH = 4, 5
# Shapes of a chord that are looked at.
_MOST_SHAPES = 48


@dataclass(frozen=True, slots=True)
class TabPrices:
    """What work costs the hand, in frets of moving it with time to spare.

    Attributes
    ----------
    shift : float
        To leave the place of the hand at all.
    fret : float
        For each fret that it moves.
    hurry_sec : float, seconds
        In less time than this moving costs in proportion more (a jump of five frets takes a trained
        hand about a fifth of a second; Heijink and Meulenbroek, "On the complexity of classical
        guitar playing", Journal of Motor Behavior 34(4), 2002, on what players avoid).
    stretch : float
        For each fret beyond the four fingers.
    high : float
        For each fret above `high_from`, where the frets are narrow and the body is in the way.
    high_from : int
        First fret that is high.
    low : float
        For each fret below `low_from`: they are wide, and jazz is played above them.
    low_from : int
        First fret that is not low.
    opened : float
        For an open string, which rings on and has another sound.
    skip : float
        For each string skipped between two notes.
    """

    shift: float = 1.6
    fret: float = 0.6
    hurry_sec: float = 0.25
    stretch: float = 1.2
    high: float = 0.25
    high_from: int = 12
    low: float = 0.15
    low_from: int = 3
    opened: float = 0.5
    skip: float = 0.25


@dataclass(frozen=True, slots=True)
class _States:
    """All ways to play one group.

    Attributes
    ----------
    hand : shape=(n_states,), frets
        Place of the hand.
    string : shape=(n_states,)
        Middle of the strings used.
    cost : shape=(n_states,)
        Of the shape by itself.
    places : list of tuple of StringFret or None
        Of the notes.
    """

    hand: Floats
    string: Floats
    cost: Floats
    places: list[tuple[StringFret | None, ...]]


def finger(
    onsets_sec: Sequence[float],
    pitches_midi: Sequence[int],
    tuning: Tuning,
    prices: TabPrices | None = None,
) -> tuple[StringFret | None, ...]:
    """Place notes on a fingerboard.

    Parameters
    ----------
    onsets_sec : sequence of float, seconds
        In order.
    pitches_midi : sequence of int
        Sounding.
    tuning : Tuning
        Of the strings.
    prices : TabPrices, optional
        What work costs.

    Returns
    -------
    tuple of StringFret or None
        Of each note; None for what is not on the fingerboard, or for the notes of a chord that no
        hand can hold, from the lowest.
    """
    wanted = prices or TabPrices()
    groups = _group(onsets_sec, pitches_midi)
    found: list[StringFret | None] = [None] * len(pitches_midi)
    chain: list[tuple[list[int], _States, npt.NDArray[np.int64]]] = []
    costs: Floats = np.zeros(0)
    before: _States | None = None
    free_sec = 0.0
    for group in groups:
        states = _states([pitches_midi[i] for i in group], tuning, wanted)
        if states is None:
            continue
        steps = np.zeros(len(states.cost), dtype=np.int64)
        if before is None:
            costs = states.cost.copy()
        else:
            time_sec = max(onsets_sec[group[0]] - free_sec, 0.03)
            moved = costs[:, np.newaxis] + _moves(before, states, time_sec, wanted)
            steps = moved.argmin(axis=0)
            costs = moved.min(axis=0) + states.cost
        chain.append((group, states, steps))
        before = states
        # A hand may leave a note shortly before its end; what counts is when it was struck.
        free_sec = onsets_sec[group[0]]
    if chain:
        at = int(costs.argmin())
        for group, states, steps in reversed(chain):
            for i, place in zip(group, states.places[at], strict=True):
                found[i] = place
            at = int(steps[at])
    return tuple(found)


def _group(onsets_sec: Sequence[float], pitches_midi: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for i, onset in enumerate(onsets_sec):
        # A pitch that comes again at once is struck again, not held twice.
        is_new = not groups or pitches_midi[i] not in {pitches_midi[j] for j in groups[-1]}
        if groups and is_new and onset - onsets_sec[groups[-1][0]] <= _TOGETHER_SEC:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _moves(before: _States, after: _States, time_sec: float, prices: TabPrices) -> Floats:
    """Give the cost of every move; shape=(n_before, n_after)."""
    distance = np.abs(before.hand[:, np.newaxis] - after.hand)
    hurry = max(1.0, prices.hurry_sec / time_sec)
    skipped = np.maximum(np.abs(before.string[:, np.newaxis] - after.string) - 1, 0)
    moving = (distance > 0) * prices.shift + distance * prices.fret
    total: Floats = moving * hurry + skipped * prices.skip
    return total


def _states(pitches: Sequence[int], tuning: Tuning, prices: TabPrices) -> _States | None:
    """List the ways to play what is struck together; the lowest notes go where none is."""
    order = sorted(range(len(pitches)), key=lambda i: -pitches[i])
    kept: list[int] = []
    shapes: list[tuple[StringFret, ...]] = [()]
    for i in order:
        places = [
            StringFret(string, pitches[i] - opened)
            for string, opened in enumerate(tuning.open_midi, 1)
            if 0 <= pitches[i] - opened <= tuning.n_frets
        ]
        longer = [
            (*shape, place)
            for shape, place in product(shapes, places)
            if all(place.string != one.string for one in shape) and _spans((*shape, place))
        ]
        if longer:
            shapes = sorted(longer, key=_width)[:_MOST_SHAPES]
            kept.append(i)
    if not kept:
        return None
    hands, strings, costs, rows = [], [], [], []
    for shape in shapes:
        row: list[StringFret | None] = [None] * len(pitches)
        for i, place in zip(kept, shape, strict=True):
            row[i] = place
        for hand in _hands(shape, tuning):
            hands.append(hand)
            strings.append(sum(one.string for one in shape) / len(shape))
            costs.append(_price(shape, hand, prices))
            rows.append(tuple(row))
    return _States(np.array(hands, dtype=float), np.array(strings), np.array(costs), rows)


def _frets(shape: Sequence[StringFret]) -> list[int]:
    return [one.fret for one in shape if one.fret > 0]


def _width(shape: Sequence[StringFret]) -> int:
    frets = _frets(shape)
    return max(frets) - min(frets) if frets else 0


def _spans(shape: Sequence[StringFret]) -> bool:
    return _width(shape) < _REACH


def _hands(shape: Sequence[StringFret], tuning: Tuning) -> range:
    """List the places of the hand from which a shape can be reached."""
    frets = _frets(shape)
    if not frets:
        return range(1, tuning.n_frets - _FINGERS + 2)
    return range(max(1, max(frets) - _REACH + 1), min(frets) + 1)


def _price(shape: Sequence[StringFret], hand: int, prices: TabPrices) -> float:
    price = 0.0
    for one in shape:
        if one.fret == 0:
            price += prices.opened
            continue
        price += prices.stretch * max(0, one.fret - hand - _FINGERS + 1)
        price += prices.high * max(0, one.fret - prices.high_from + 1)
        price += prices.low * max(0, prices.low_from - one.fret)
    return price
