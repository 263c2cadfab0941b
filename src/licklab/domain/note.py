"""One heard note."""

from dataclasses import dataclass

from licklab.domain.expression import Expression


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was played.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        Where it starts and ends; ``0 <= onset_sec < offset_sec``.
    pitch_midi : float
        Sounding pitch, 60 is middle C. Whole numbers unless the source says otherwise.
    velocity : int, 1 to 127
        How loud, on the scale of MIDI.
    confidence : float, 0 to 1
        How sure the listener is that this note is there.
    expression : Expression, optional
        What the player does to its pitch; None where that could not be followed.
    id : str, optional
        Tells it from the others, also when some are added or removed; empty for its number in the
        order of those that were heard, which `Transcription.note_ids` gives.
    """

    onset_sec: float
    offset_sec: float
    pitch_midi: float
    velocity: int
    confidence: float
    expression: Expression | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.onset_sec < self.offset_sec:
            raise ValueError(
                "want 0 <= onset_sec < offset_sec, "
                f"got onset_sec={self.onset_sec}, offset_sec={self.offset_sec}"
            )
        if not 1 <= self.velocity <= 127:
            raise ValueError(f"want a velocity of 1 to 127, got {self.velocity}")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"want a confidence of 0 to 1, got {self.confidence}")

    @property
    def duration_sec(self) -> float:
        """Length of the note."""
        return self.offset_sec - self.onset_sec
