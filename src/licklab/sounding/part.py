"""What is to sound: notes in seconds, by instruments."""

from dataclasses import dataclass

from licklab.errors import ShapeError


@dataclass(frozen=True, slots=True)
class SoundingNote:
    """A note that sounds.

    Attributes
    ----------
    onset_sec, length_sec : float, seconds
        When it begins, from the beginning of the sound, and how long its key is held.
    pitch_midi : int, 0 to 127
        Or the key of a drum.
    velocity : int, 1 to 127
        How loud.
    """

    onset_sec: float
    length_sec: float
    pitch_midi: int
    velocity: int = 80

    def __post_init__(self) -> None:
        if not (self.onset_sec >= 0 and self.length_sec > 0 and 0 <= self.pitch_midi <= 127):
            raise ShapeError(
                "want a note from second 0 on that lasts, with a pitch from 0 to 127, "
                f"got {self.onset_sec:g} s, {self.length_sec:g} s, {self.pitch_midi}"
            )
        if not 1 <= self.velocity <= 127:
            raise ShapeError(f"want a velocity from 1 to 127, got {self.velocity}")


@dataclass(frozen=True, slots=True)
class SoundingPart:
    """What one instrument plays.

    Attributes
    ----------
    notes : tuple of SoundingNote
        In any order.
    program : int, 0 to 127
        Of General MIDI.
    loudness_db : float
        Of its usual notes, decibels below full scale as `licklab.sounding.loudness` hears it.
    usual_midi : tuple of int
        Some notes of those that it plays mostly: their loudness is the part's, whatever soundfont
        it is played with.
    is_drums : bool
        Whether pitches are keys of a drum set.
    """

    notes: tuple[SoundingNote, ...]
    program: int
    loudness_db: float
    usual_midi: tuple[int, ...]
    is_drums: bool = False
