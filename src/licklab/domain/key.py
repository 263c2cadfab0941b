"""Keys: where a piece is at home, and for how long."""

import re
from dataclasses import dataclass
from enum import StrEnum

from licklab.errors import KeyNameError

_PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {"": 0, "b": -1, "#": 1}
# As players write them: flats but for the sharps that have fewer signs.
_MAJOR_TONICS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_MINOR_TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
_WORDS = {
    "": "major", "maj": "major", "major": "major", "m": "minor", "min": "minor", "-": "minor",
    "minor": "minor", "blues": "blues",
}  # fmt: skip


class KeyMode(StrEnum):
    """What is built on the tonic."""

    MAJOR = "major"
    MINOR = "minor"
    BLUES = "blues"


@dataclass(frozen=True, slots=True)
class Key:
    """A key.

    Attributes
    ----------
    tonic : str
        A letter with at most one accidental, such as ``Bb``.
    mode : KeyMode
        Major, minor, or blues: major with the chords of the blues.

    Raises
    ------
    KeyNameError
        If the tonic is no note.
    """

    tonic: str
    mode: KeyMode = KeyMode.MAJOR

    def __post_init__(self) -> None:
        if re.fullmatch(r"[A-G][b#]?", self.tonic) is None:
            raise KeyNameError(f"want a tonic such as C, Bb or F#, got {self.tonic!r}")

    @classmethod
    def of_pitch_class(cls, pitch_class: int, mode: KeyMode) -> "Key":
        """Make a key with the spelling of its tonic that has fewer signs.

        Parameters
        ----------
        pitch_class : int, 0 to 11
            0 is C.
        mode : KeyMode
            Of the key.

        Returns
        -------
        Key
            Spelled as players write it.
        """
        tonics = _MINOR_TONICS if mode is KeyMode.MINOR else _MAJOR_TONICS
        return cls(tonics[pitch_class % 12], mode)

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Read a key: ``Bb:major``, ``F minor``, ``Gm``, ``Eb blues``.

        Parameters
        ----------
        text : str
            A tonic and a mode; major where it says none.

        Returns
        -------
        Key
            That it says.

        Raises
        ------
        KeyNameError
            If it says none.
        """
        match = re.fullmatch(r"\s*([A-Ga-g])([b#♭♯]?)[\s:]*([A-Za-z-]*)\s*", text)
        word = match and _WORDS.get(match[3] if match[3] == "m" else match[3].lower())
        if not match or word is None:
            raise KeyNameError(
                f"want a key such as Bb:major, F minor, Gm or Eb blues, got {text!r}"
            )
        accidental = {"♭": "b", "♯": "#"}.get(match[2], match[2])
        return cls(match[1].upper() + accidental, KeyMode(word))

    def __str__(self) -> str:
        return f"{self.tonic}:{self.mode}"

    @property
    def pitch_class(self) -> int:
        """Of the tonic; 0 is C."""
        return (_PITCH_CLASSES[self.tonic[0]] + _ACCIDENTALS[self.tonic[1:]]) % 12

    @property
    def relative(self) -> "Key":
        """The minor key with the same signs as a major one, and the other way."""
        if self.mode is KeyMode.MINOR:
            return Key.of_pitch_class(self.pitch_class + 3, KeyMode.MAJOR)
        return Key.of_pitch_class(self.pitch_class + 9, KeyMode.MINOR)

    def semitones_to(self, other: "Key") -> int:
        """Tell how far another key is.

        Parameters
        ----------
        other : Key
            Of any mode.

        Returns
        -------
        int, -5 to 6
            To its tonic in the nearest octave; half an octave goes up.

        Examples
        --------
        >>> Key("F").semitones_to(Key("Bb")), Key("F").semitones_to(Key("B"))
        (5, 6)
        """
        return (other.pitch_class - self.pitch_class + 5) % 12 - 5


@dataclass(frozen=True, slots=True)
class KeyEstimate:
    """The key of a recording.

    Attributes
    ----------
    key : Key
        The likeliest.
    confidence : float, 0 to 1
        How sure the listener is; 1 for what a person said.
    alternative : Key
        What it may be otherwise: the relative key, unless another is much likelier.
    """

    key: Key
    confidence: float
    alternative: Key


@dataclass(frozen=True, slots=True)
class LocalKey:
    """A key for a while.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        From when until when; on downbeats.
    key : Key
        Where the music is at home.
    confidence : float, 0 to 1
        How sure the listener is.
    """

    onset_sec: float
    offset_sec: float
    key: Key
    confidence: float
