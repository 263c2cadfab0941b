"""What is played: notes with their expression, parts and bands."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Curve = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """One note to be rendered.

    Attributes
    ----------
    onset_sec, offset_sec : float
        When it is struck and let go.
    pitch_midi : int
        Sounding pitch.
    velocity : int, 1 to 127
        How hard.
    bend : shape=(n, 2), optional
        Seconds after the onset and cents off the pitch, joined by straight lines.
    legato : bool
        Whether it goes on from the note before in one breath.
    """

    onset_sec: float
    offset_sec: float
    pitch_midi: int
    velocity: int
    bend: Curve | None = None
    legato: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one player plays.

    Attributes
    ----------
    program : int, 0 to 127
        General MIDI program; for drums the kit.
    notes : list of PlayedNote
        In order of their onsets.
    drums : bool
        Whether the pitches are General MIDI percussion keys.
    """

    program: int
    notes: list[PlayedNote] = field(default_factory=list)
    drums: bool = False
