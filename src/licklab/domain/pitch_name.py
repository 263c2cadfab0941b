"""Pitches with a name: where a note stands on the staff."""

import re
from dataclasses import dataclass

from licklab.domain.note_name import LETTERS, MAJOR_SCALE
from licklab.errors import PitchNameError

_SIGNS = {-2: "bb", -1: "b", 0: "", 1: "#", 2: "##"}
_NAME = re.compile(r"([A-G])(bb|b|##|#|)(-?\d)")


@dataclass(frozen=True, slots=True)
class SpelledPitch:
    """A pitch as it is written.

    Attributes
    ----------
    letter : str
        ``A`` to ``G``.
    alter : int, -2 to 2
        Semitones that the accidental adds.
    octave : int
        Of the letter: middle C is C4, and B#3 sounds the same.

    Raises
    ------
    PitchNameError
        If no such pitch can be written.
    """

    letter: str
    alter: int
    octave: int

    def __post_init__(self) -> None:
        if len(self.letter) != 1 or self.letter not in LETTERS or self.alter not in _SIGNS:
            raise PitchNameError(f"want a letter A to G and at most two signs, got {self!r}")

    @classmethod
    def parse(cls, text: str) -> "SpelledPitch":
        """Read ``Bb4``.

        Parameters
        ----------
        text : str
            A letter, its signs, the octave.

        Returns
        -------
        SpelledPitch
            That it says.

        Raises
        ------
        PitchNameError
            If it says none.
        """
        match = _NAME.fullmatch(text)
        if match is None:
            raise PitchNameError(f"want a pitch such as C4, Bb3 or F#5, got {text!r}")
        signs = match[2]
        return cls(match[1], signs.count("#") - signs.count("b"), int(match[3]))

    @classmethod
    def on_letter(cls, letter: str, midi: int) -> "SpelledPitch":
        """Spell a sounding pitch on a letter.

        Parameters
        ----------
        letter : str
            ``A`` to ``G``.
        midi : int
            Sounding pitch; 60 is middle C.

        Returns
        -------
        SpelledPitch
            The nearest of that letter, with the signs it takes.

        Raises
        ------
        PitchNameError
            If that takes more than two.
        """
        natural = MAJOR_SCALE[LETTERS.index(letter)]
        alter = (midi - natural + 6) % 12 - 6
        return cls(letter, alter, (midi - alter - natural) // 12 - 1)

    def __str__(self) -> str:
        return f"{self.name}{self.octave}"

    @property
    def name(self) -> str:
        """Without the octave, such as ``Bb``."""
        return self.letter + _SIGNS[self.alter]

    @property
    def midi(self) -> int:
        """As it sounds; 60 is middle C."""
        return 12 * (self.octave + 1) + MAJOR_SCALE[LETTERS.index(self.letter)] + self.alter

    @property
    def staff_step(self) -> int:
        """Place on the staff, in steps of the scale: middle C is 28."""
        return 7 * self.octave + LETTERS.index(self.letter)
