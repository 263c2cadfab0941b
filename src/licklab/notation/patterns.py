"""The rhythms that a page may have in one beat, and how much each has to be asked for.

A pattern is the places in the beat where notes begin. A page of jazz is made of few: eighths,
triplets, sixteenths, and figures of these; that a line is played late or unevenly is not written.
The prices say how much more often one is written than another. They were chosen on training and
validation players of the Weimar Jazz Database by `python -m training.notation.prices`, so that
pages have the note values of human ones and agree with the database's metrical annotation as far
as they can.
"""

import functools
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Pattern = tuple[Fraction, ...]

MOST_NOTES = 12
"""Notes that can be written in one beat; with more, the shortest become grace notes."""

# Places in sixths, twelfths, ... of a beat, by their least common division.
_SIMPLE = {
    2: ("0", "1", "01"),
    4: ("3", "1", "03", "01", "23", "12", "13", "012", "023", "123", "013", "0123"),
    3: ("12", "01", "012"),
    6: ("0124", "0234", "0245", "01234", "01245", "02345", "12345", "012345"),
}
# Of a dotted quarter, which divides in three.
_COMPOUND = {
    3: ("0", "1", "2", "01", "02", "12", "012"),
    2: ("01",),
    6: ("03", "013", "023", "0234", "0124", "0245", "0123", "01234", "01245", "02345", "12345",
        "012345"),
}  # fmt: skip
_EVEN = (5, 7, 8, 9, 10, 12)


@dataclass(frozen=True, slots=True)
class PatternPrices:
    """How much a pattern has to be asked for, in logarithms of odds, and how unevenly it is played.

    Attributes
    ----------
    triplet, sixteenth, sextuplet, many : float
        Of the divisions, against a note on the beat; the last is for five notes, seven or more.
    figure : float
        Scale of the prices of figures that are seldom written.
    offbeat : float
        Of a note between the beats alone.
    empty : float
        Of a beat in which nothing begins.
    shift_beats : float
        Deviation of a whole figure from its place.
    spread_beats, spread_sec : float
        Deviation of each note in it: what grows with the beat, and what does not.
    early_beats : float
        How long before a beat a note may begin that is written on it.
    """

    triplet: float = -2.7
    sixteenth: float = -4.03
    sextuplet: float = -5.8
    many: float = -8.6
    figure: float = 1.6
    eighth: float = 0.12
    offbeat: float = 0.14
    empty: float = 0.1
    shift_beats: float = 0.126
    spread_beats: float = 0.104
    spread_sec: float = 0.032
    early_beats: float = 0.3


# Figures that copyists avoid where another reading is near, and how much: a sixteenth alone, late
# pairs, the ends of a triplet without its middle.
_FIGURES: Mapping[Pattern, float] = MappingProxyType(
    {
        (Fraction(3, 4),): -3.0,
        (Fraction(1, 4),): -4.0,
        (Fraction(1, 4), Fraction(3, 4)): -5.0,
        (Fraction(1, 4), Fraction(1, 2)): -3.0,
        (Fraction(1, 3), Fraction(2, 3)): -2.0,
        (Fraction(0), Fraction(1, 3)): -1.0,
        (Fraction(0), Fraction(3, 4)): -2.0,
        (Fraction(0), Fraction(1, 4)): -2.0,
        (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)): -1.0,
    }
)


@dataclass(frozen=True, slots=True)
class PatternTable:
    """All patterns of a number of notes.

    Attributes
    ----------
    patterns : tuple of tuple of Fraction, beats
        The places.
    places : shape=(n_patterns, n_notes), beats
        Where they are played.
    price : shape=(n_patterns,)
        Logarithm of how likely each is.
    """

    patterns: tuple[Pattern, ...]
    places: Floats
    price: Floats


def division_of(pattern: Pattern) -> int:
    """Tell into how many parts a pattern divides its beat.

    Parameters
    ----------
    pattern : tuple of Fraction, beats
        The places.

    Returns
    -------
    int
        The least number; 1 where all is on the beat.

    Examples
    --------
    >>> division_of((Fraction(0), Fraction(1, 4), Fraction(1, 2)))
    4
    """
    return math.lcm(*(place.denominator for place in pattern)) if pattern else 1


@functools.lru_cache(maxsize=64)
def pattern_tables(
    swing_ratio: float, prices: PatternPrices, *, is_compound: bool = False
) -> Mapping[int, PatternTable]:
    """List the patterns by their number of notes.

    Parameters
    ----------
    swing_ratio : float
        Of the soloist: an eighth between the beats is played that late.
    prices : PatternPrices
        Of the patterns.
    is_compound : bool
        Whether beats divide in three.

    Returns
    -------
    mapping of int to PatternTable
        From 1 to `MOST_NOTES` notes.
    """
    by_size: dict[int, list[Pattern]] = defaultdict(list)
    for division, figures in (_COMPOUND if is_compound else _SIMPLE).items():
        for figure in figures:
            by_size[len(figure)].append(tuple(Fraction(int(one), division) for one in figure))
    for size in (*_EVEN, 11):
        by_size[size].append(tuple(Fraction(k, size) for k in range(size)))
    if is_compound:
        by_size[4].append(tuple(Fraction(k, 4) for k in range(4)))
    return MappingProxyType(
        {
            size: PatternTable(
                tuple(patterns),
                np.array([_played(one, swing_ratio, is_compound=is_compound) for one in patterns]),
                np.array([_price(one, prices, is_compound=is_compound) for one in patterns]),
            )
            for size, patterns in sorted(by_size.items())
        }
    )


def _played(pattern: Pattern, ratio: float, *, is_compound: bool) -> list[float]:
    """Give the places where a pattern is played: eighths swing, sixteenths half as much."""
    division = division_of(pattern)
    if is_compound or division not in {2, 4}:
        return [float(one) for one in pattern]
    middle = ratio / (1 + ratio)
    if division == 4:
        middle = (middle + 0.5) / 2
    return [
        float(one) * middle / 0.5
        if one <= Fraction(1, 2)
        else middle + (float(one) - 0.5) * (1 - middle) / 0.5
        for one in pattern
    ]


def _price(pattern: Pattern, prices: PatternPrices, *, is_compound: bool) -> float:
    division = division_of(pattern)
    if is_compound:
        return {1: 0.0, 3: 0.0, 6: prices.sixteenth, 2: prices.sextuplet, 4: prices.sextuplet}.get(
            division, prices.many
        )
    price = {
        1: 0.0, 2: 0.0, 3: prices.triplet, 4: prices.sixteenth, 6: prices.sextuplet,
    }.get(division, prices.many)  # fmt: skip
    if division == 2:
        price += prices.eighth if len(pattern) > 1 else prices.offbeat
    return price + prices.figure * _FIGURES.get(pattern, 0.0)
