"""Chords in time, and the bass under them."""

from dataclasses import dataclass

NO_CHORD = "N"
"""Harte label of a stretch without a chord."""

QUALITIES = (
    "maj", "min", "7", "maj7", "min7", "maj6", "min6", "minmaj7", "hdim7", "dim7", "sus4(b7)",
    "aug",
)  # fmt: skip
"""Harte shorthands of the qualities that are told apart by ear."""

QUALITY_TONES = (
    (0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 4, 7, 11), (0, 3, 7, 10), (0, 4, 7, 9), (0, 3, 7, 9),
    (0, 3, 7, 11), (0, 3, 6, 10), (0, 3, 6, 9), (0, 5, 7, 10), (0, 4, 8),
)  # fmt: skip
"""Semitones above the root of each of `QUALITIES`."""

TENSIONS = ("b9", "#9", "#11", "b13")
"""Alterations of a dominant that are told apart by ear, as Harte degrees."""

TENSION_TONES = (1, 3, 6, 8)
"""Semitones above the root of each of `TENSIONS`."""


@dataclass(frozen=True, slots=True)
class ChordChoice:
    """What a chord may be.

    Attributes
    ----------
    label : str
        Harte label, ``N`` for none.
    symbol : str
        As a player writes it.
    confidence : float, 0 to 1
        How sure the listener is.
    """

    label: str
    symbol: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord that is in force for a while.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        From when until when; on beats.
    label : str
        Harte label, such as ``G:7(b9)`` or ``C:maj7/5``; ``N`` where nothing sounds.
    symbol : str
        As a player writes it, such as ``G7b9``; ``N.C.`` for none.
    confidence : float, 0 to 1
        How sure the listener is; 1 for what a person wrote.
    alternatives : tuple of ChordChoice
        What it might be otherwise, the likeliest first, at most three.
    """

    onset_sec: float
    offset_sec: float
    label: str
    symbol: str
    confidence: float = 1.0
    alternatives: tuple[ChordChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class BassNote:
    """A note of the bass.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        From when until when.
    pitch_midi : int
        Sounding pitch.
    confidence : float, 0 to 1
        How sure the listener is.
    """

    onset_sec: float
    offset_sec: float
    pitch_midi: int
    confidence: float
