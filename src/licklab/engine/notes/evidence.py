"""What the decoders look at and what they give."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import N_PITCHES
from licklab.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen in a whole recording, frame by frame.

    Attributes
    ----------
    notes : shape=(n_frames, 88), probability
        That a pitch sounds; half precision, 55 MB an hour.
    onsets : shape=(n_frames, 88), probability
        That a note of a pitch starts.
    onset_strength : shape=(n_frames,)
        How strongly anything starts; 1 is strong.

    Raises
    ------
    ShapeError
        If the arrays do not fit one another.
    """

    notes: npt.NDArray[np.float16]
    onsets: npt.NDArray[np.float16]
    onset_strength: npt.NDArray[np.float32]

    def __post_init__(self) -> None:
        n_frames = len(self.onset_strength)
        if not self.notes.shape == self.onsets.shape == (n_frames, N_PITCHES):
            raise ShapeError(
                f"want posteriorgrams of shape=({n_frames}, {N_PITCHES}), "
                f"got {self.notes.shape} and {self.onsets.shape}"
            )


@dataclass(frozen=True, slots=True)
class DecodedNote:
    """A note on the grid.

    Attributes
    ----------
    start_frame, end_frame : int
        ``start_frame < end_frame``; the note sounds in the frames between, the last not included.
    pitch_midi : int
        A piano key.
    """

    start_frame: int
    end_frame: int
    pitch_midi: int
