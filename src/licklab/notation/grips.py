"""The ways in which one hand can hold some pitches on a fingerboard, and what each costs it.

In: pitches that sound together, and a tuning. Out: every choice of strings with every place of the
hand that reaches it, or nothing where four fingers cannot. The place of the hand is the fret under
the index finger. What is easy follows three findings: players keep their joints in the middle of
the range, which makes the place on the neck and the spread of the fingers count (Heijink and
Meulenbroek, "On the complexity of classical guitar playing", Journal of Motor Behavior 34(4),
2002); a position is four frets, one for each finger, and a fifth by stretching (Leavitt, "A Modern
Method for Guitar", 1966); one finger lies across strings where nothing sounds below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.tab import StringFret, Tuning

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

REACH_FRETS = 5
"""Frets under one hand: its four fingers and one more by stretching."""

_FINGERS = 4
# Ways to hold one set of pitches that are followed: two notes have about 60, a full chord 20.
_MOST_GRIPS = 64
# Choices of strings that are looked at on the way: six strings have fewer, odd tunings more.
_MOST_SHAPES = 256
_NO_FINGER = -1


@dataclass(frozen=True, slots=True)
class GripPrices:
    """What it costs to hold notes, in the work of stretching by one fret.

    Their order is reasoned: a stretch is worse than lying across strings, that is worse than an
    open string, and the place on the neck decides between equals. That an open string costs this
    little was chosen with one solo of GuitarSet in view, as `TabPrices` says.

    Attributes
    ----------
    stretch : float
        For each fret beyond the four fingers.
    barre : float
        For each finger that lies across strings in a chord.
    opened : float
        For an open string, which rings on and sounds otherwise than its neighbours.
    high : float
        For each fret from `high_from` on, where the body is in the way.
    high_from : int
        The neck joins the body there on most guitars.
    """

    stretch: float = 1.0
    barre: float = 0.75
    opened: float = 0.25
    high: float = 0.2
    high_from: int = 12


@dataclass(frozen=True, slots=True)
class Grips:
    """All ways to hold some pitches together.

    Attributes
    ----------
    strings : shape=(n_grips, n_pitches), from 1
        String of each pitch.
    hand : shape=(n_grips,), frets
        Place of the hand.
    finger : shape=(n_grips,), 0 to 4
        The finger that plays, 4 for the stretched last; -1 for chords and open strings.
    cost : shape=(n_grips,)
        Of holding them.
    """

    strings: Ints
    hand: Ints
    finger: Ints
    cost: Floats


def list_grips(pitches_midi: Sequence[int], tuning: Tuning, prices: GripPrices) -> Grips | None:
    """List the ways to hold pitches together.

    Parameters
    ----------
    pitches_midi : sequence of int
        Sounding; at least one.
    tuning : Tuning
        Of the strings.
    prices : GripPrices
        What holding them costs.

    Returns
    -------
    Grips or None
        The cheapest ones first; None where no hand can hold them all.
    """
    found = []
    for shape in _shapes(pitches_midi, tuning):
        frets = [one.fret for one in shape if one.fret]
        if not frets:
            hands = range(1, tuning.n_frets - _FINGERS + 2)
        else:
            hands = range(max(1, max(frets) - REACH_FRETS + 1), min(frets) + 1)
        n_fingers, n_barres = _fingers(shape)
        if n_fingers > _FINGERS:
            continue
        fixed = n_barres * prices.barre + sum(_price_place(one.fret, prices) for one in shape)
        for hand in hands:
            beyond = sum(max(0, fret - hand - _FINGERS + 1) for fret in frets)
            cost = fixed + prices.stretch * beyond
            finger = frets[0] - hand if len(shape) == 1 and frets else _NO_FINGER
            found.append((cost, hand, finger, [one.string for one in shape]))
    if not found:
        return None
    found = sorted(found)[:_MOST_GRIPS]
    costs, places, fingers, strings = zip(*found, strict=True)
    return Grips(np.array(strings), np.array(places), np.array(fingers), np.array(costs))


def _shapes(pitches_midi: Sequence[int], tuning: Tuning) -> list[tuple[StringFret, ...]]:
    shapes: list[tuple[StringFret, ...]] = [()]
    for pitch in pitches_midi:
        places = [
            StringFret(string, pitch - opened)
            for string, opened in enumerate(tuning.open_midi, 1)
            if 0 <= pitch - opened <= tuning.n_frets
        ]
        longer = [
            (*shape, place)
            for shape in shapes
            for place in places
            if all(place.string != one.string for one in shape)
        ]
        shapes = sorted((one for one in longer if _width(one) < REACH_FRETS), key=_width)
        shapes = shapes[:_MOST_SHAPES]
    return shapes


def _width(shape: Sequence[StringFret]) -> int:
    frets = [one.fret for one in shape if one.fret]
    return max(frets) - min(frets) if frets else 0


def _fingers(shape: Sequence[StringFret]) -> tuple[int, int]:
    """Count the fingers that a shape takes, and those of them that lie across strings."""
    n_fingers = n_barres = 0
    for fret in {one.fret for one in shape if one.fret}:
        strings = [one.string for one in shape if one.fret == fret]
        under = [
            one for one in shape if one.fret < fret and min(strings) < one.string < max(strings)
        ]
        is_barre = len(strings) > 1 and not under
        n_fingers += 1 if is_barre else len(strings)
        n_barres += is_barre
    return n_fingers, n_barres


def _price_place(fret: int, prices: GripPrices) -> float:
    if fret == 0:
        return prices.opened
    return prices.high * max(0, fret - prices.high_from + 1)
