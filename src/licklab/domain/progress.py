"""How far the listening has come."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What is being done, in the order in which it is done."""

    DECODING = "decoding"
    LISTENING = "listening"
    NOTES = "notes"
    RHYTHM = "rhythm"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Progress:
    """A report from the middle of the work.

    Attributes
    ----------
    stage : Stage
        What is being done now.
    fraction : float, 0 to 1
        Of the whole work, not of the stage; it never goes back.
    """

    stage: Stage
    fraction: float


ProgressCallback = Callable[[Progress], None]
"""Called after every chunk. It may raise `licklab.errors.CancelledError` to stop the work."""
