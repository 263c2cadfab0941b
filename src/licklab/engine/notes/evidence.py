"""What the decoders look at and what they give."""

from dataclasses import dataclass

from licklab.engine.notes.maps import OddsMap
from licklab.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen in a whole recording, frame by frame.

    Attributes
    ----------
    sounds : OddsMap
        That a pitch sounds.
    starts : OddsMap
        That a note of a pitch starts.
    ends : OddsMap, optional
        That a note of a pitch has just ended; only the line decoder looks at it.

    Raises
    ------
    ShapeError
        If they do not have the same number of frames.
    """

    sounds: OddsMap
    starts: OddsMap
    ends: OddsMap | None = None

    def __post_init__(self) -> None:
        lengths = [len(one) for one in (self.sounds, self.starts, self.ends) if one is not None]
        if len(set(lengths)) > 1:
            raise ShapeError(f"want maps of the same number of frames, got {lengths}")


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
