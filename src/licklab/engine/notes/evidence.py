"""What the decoders look at and what they give."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import N_PITCHES
from licklab.errors import ShapeError

_STEPS = 16.0  # a step of 1/16 is 1.6 % of a probability at most
_LARGEST = 127

PackedOdds = npt.NDArray[np.int8]
Odds = npt.NDArray[np.float32]


def pack_odds(log_odds: Odds) -> PackedOdds:
    """Keep log odds in a byte each: an hour of one map takes 27 MB.

    Parameters
    ----------
    log_odds : array of any shape
        Beyond 7.9 either way they are cut.

    Returns
    -------
    array of the same shape
        In steps of 1/16.
    """
    return np.clip(np.rint(log_odds * _STEPS), -_LARGEST, _LARGEST).astype(np.int8)


def unpack_odds(packed: PackedOdds) -> Odds:
    """Undo `pack_odds`.

    Parameters
    ----------
    packed : array of any shape
        In steps of 1/16.

    Returns
    -------
    array of the same shape
        Log odds.
    """
    return packed.astype(np.float32) / np.float32(_STEPS)


def to_probability(packed: PackedOdds) -> Odds:
    """Give the probabilities of packed log odds.

    Parameters
    ----------
    packed : array of any shape
        From `pack_odds`.

    Returns
    -------
    array of the same shape
        Between 0 and 1.
    """
    return _PROBABILITIES[packed.astype(np.int16) + 128]


_PROBABILITIES: Odds = (1 / (1 + np.exp(-np.arange(-128, 128) / _STEPS))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen in a whole recording, frame by frame, as packed log odds.

    Attributes
    ----------
    sounds : shape=(n_frames, 88)
        That a pitch sounds.
    starts : shape=(n_frames, 88)
        That a note of a pitch starts.
    ends : shape=(n_frames, 88), optional
        That a note of a pitch has just ended; only the line decoder looks at it.

    Raises
    ------
    ShapeError
        If the arrays do not fit one another.
    """

    sounds: PackedOdds
    starts: PackedOdds
    ends: PackedOdds | None = None

    def __post_init__(self) -> None:
        want = (len(self.sounds), N_PITCHES)
        shapes = [one.shape for one in (self.sounds, self.starts, self.ends) if one is not None]
        if any(shape != want for shape in shapes):
            raise ShapeError(f"want maps of shape={want}, got {shapes}")


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
