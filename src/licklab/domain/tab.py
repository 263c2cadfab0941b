"""Fingerboards: where on the strings a pitch is played."""

from dataclasses import dataclass


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
