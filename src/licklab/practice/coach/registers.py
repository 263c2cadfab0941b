"""Where instruments change register, and where they become high: facts that every teacher knows.

Written pitches, as players call them. The breaks of woodwinds are those of their fingering charts:
the octave key of saxophones and the second octave of the flute begin with D5, the clarion register
of clarinets with B4. High are altissimo on saxophones and clarinets, the third octave of the flute,
what brass players call high C, and the high B flat of the trombone (Adler, "The Study of
Orchestration", 4th ed., 2016).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Register:
    """What is known of an instrument's registers, in written pitch.

    Attributes
    ----------
    break_above_midi : int or None
        The last note below the break; None without one that matters.
    high_from_midi : int or None
        The first note that is high; None where that is no matter of the instrument.
    is_wind : bool
        Whether it is played, or sung, with the breath.
    """

    break_above_midi: int | None = None
    high_from_midi: int | None = None
    is_wind: bool = True


_SAXOPHONE, _CLARINET = Register(73, 91), Register(70, 85)
_TRUMPET = Register(None, 84)

REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        "soprano_sax": _SAXOPHONE,
        "alto_sax": _SAXOPHONE,
        "tenor_sax": _SAXOPHONE,
        "baritone_sax": _SAXOPHONE,
        "clarinet": _CLARINET,
        "bass_clarinet": _CLARINET,
        "flute": Register(73, 86),
        "trumpet": _TRUMPET,
        "cornet": _TRUMPET,
        "flugelhorn": _TRUMPET,
        "trombone": Register(None, 70),
        "voice": Register(),
    }
)
"""By the id of the instrument; those that are not here have none of it."""

VIOLIN_FIRST_POSITION = (55, 83)
"""Sounding pitches from the open G string to the fourth finger on the E string."""

GUITAR_FRETS = 4
"""A finger for each: a position."""
