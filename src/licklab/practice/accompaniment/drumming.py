"""The drummer: ride cymbal, hi-hat with the foot, and a bar that is counted in."""

from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.passage import Passage, PassageNote
from licklab.practice.accompaniment.meter import beat_groups, offbeat_quarter

SIDE_STICK, PEDAL_HAT, RIDE = 37, 44, 51
DRUM_KEYS = (SIDE_STICK, PEDAL_HAT, RIDE)
"""Keys of General MIDI's percussion that are played."""

# The beat after the first of a group is the one that swings: "two" and "four" of four beats.
_FIRST, _SECOND, _LATER, _SKIP = 72, 84, 76, 58
_HAT, _COUNT_ONE, _COUNT = 80, 104, 88
_SHORT = Fraction(1, 4)


def ride_along(passage: Passage) -> tuple[PassageNote, ...]:
    """Play ride and hi-hat to a passage.

    Parameters
    ----------
    passage : Passage
        To accompany.

    Returns
    -------
    tuple of PassageNote
        Ordered by onset. The ride strikes every beat, and after the second beat of each group its
        offbeat too ("ding, ding-a"); the hi-hat closes on that second beat: on 2 and 4 of four, on
        2 of three. Each stroke of the ride rings for two beats.
    """
    signature, beat_quarter = passage.signature, passage.beat_quarter
    rings, skip = 2 * beat_quarter, offbeat_quarter(passage)
    strokes: list[PassageNote] = []
    at = Fraction(0)
    for _ in range(passage.n_bars):
        for count in beat_groups(signature):
            for place in range(count):
                loud = (_FIRST, _SECOND, _LATER)[place]
                strokes.append(PassageNote(at, rings, RIDE, velocity=loud))
                if place == 1:
                    strokes.append(PassageNote(at, _SHORT, PEDAL_HAT, velocity=_HAT))
                    strokes.append(PassageNote(at + skip, rings, RIDE, velocity=_SKIP))
                at += beat_quarter
    return tuple(strokes)


def count_in(signature: TimeSignature) -> tuple[PassageNote, ...]:
    """Count a bar in.

    Parameters
    ----------
    signature : TimeSignature
        Of the bar.

    Returns
    -------
    tuple of PassageNote
        A stick on every beat of one bar, which begins at 0; the first is the loudest.
    """
    count = signature.beats_per_bar
    beat_quarter = Fraction(4 * signature.numerator, signature.denominator * count)
    return tuple(
        PassageNote(i * beat_quarter, _SHORT, SIDE_STICK, velocity=_COUNT if i else _COUNT_ONE)
        for i in range(count)
    )
