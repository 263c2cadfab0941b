"""Fingerboards: tunings, and where on the strings a pitch is played."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from licklab.domain.pitch_name import SpelledPitch
from licklab.errors import PitchNameError, TuningError

_MOST_STRINGS = 12


@dataclass(frozen=True, slots=True)
class Tuning:
    """A tuning of a fretted instrument.

    Attributes
    ----------
    name : str
        For people.
    open_midi : tuple of int
        Sounding pitches of the open strings, from string 1, the highest.
    n_frets : int
        On every string.
    """

    name: str
    open_midi: tuple[int, ...]
    n_frets: int = 22


@dataclass(frozen=True, slots=True)
class StringFret:
    """A place on the fingerboard.

    Attributes
    ----------
    string : int
        From 1, the highest.
    fret : int
        0 is the open string.
    """

    string: int
    fret: int


def _tuning(name: str, strings: str, n_frets: int = 22) -> Tuning:
    """Make a tuning from its open strings, from the lowest, as players say them."""
    pitches = [SpelledPitch.parse(one).midi for one in strings.split()]
    return Tuning(name, tuple(reversed(pitches)), n_frets)


_ALL = (
    _tuning("standard", "E2 A2 D3 G3 B3 E4"),
    _tuning("drop-d", "D2 A2 D3 G3 B3 E4"),
    _tuning("half-step-down", "Eb2 Ab2 Db3 Gb3 Bb3 Eb4"),
    _tuning("dadgad", "D2 A2 D3 G3 A3 D4"),
    _tuning("open-g", "D2 G2 D3 G3 B3 D4"),
    _tuning("open-d", "D2 A2 D3 F#3 A3 D4"),
    _tuning("seven-string", "A1 E2 A2 D3 G3 B3 E4"),
    _tuning("fourths", "E2 A2 D3 G3 C4 F4"),
    _tuning("bass", "E1 A1 D2 G2", 20),
    _tuning("bass-5", "B0 E1 A1 D2 G2", 20),
    _tuning("bass-6", "B0 E1 A1 D2 G2 C3", 20),
)

TUNINGS: Mapping[str, Tuning] = MappingProxyType({one.name: one for one in _ALL})
"""The usual tunings by name."""


def usual_tuning(instrument: str) -> Tuning | None:
    """Give the tuning that an instrument usually has.

    Parameters
    ----------
    instrument : str
        Its id.

    Returns
    -------
    Tuning or None
        None for instruments whose players read no tablature.
    """
    return TUNINGS["standard"] if instrument == "guitar" else None


def find_tuning(text: str) -> Tuning:
    """Find a tuning by its name, or read one.

    Parameters
    ----------
    text : str
        A name out of `TUNINGS`, or the open strings from the lowest: ``E2 A2 D3 G3 B3 E4``.

    Returns
    -------
    Tuning
        That it says.

    Raises
    ------
    TuningError
        If it says none.

    Examples
    --------
    >>> find_tuning("Drop D").open_midi[-1], find_tuning("G2 D3 A3 E4").open_midi
    (38, (64, 57, 50, 43))
    """
    name = re.sub(r"[\s_]+", "-", text.strip().lower())
    if name in TUNINGS:
        return TUNINGS[name]
    words = text.replace(",", " ").split()
    try:
        pitches = [SpelledPitch.parse(one[:1].upper() + one[1:]).midi for one in words]
    except PitchNameError:
        pitches = []
    if not 1 <= len(pitches) <= _MOST_STRINGS or not all(0 <= one <= 127 for one in pitches):
        raise TuningError(
            f"want a tuning, one of {', '.join(TUNINGS)}, or open strings such as "
            f"'E2 A2 D3 G3 B3 E4'; got {text[:60]!r}"
        )
    return Tuning(" ".join(words), tuple(reversed(pitches)))
