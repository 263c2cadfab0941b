"""What is said of an attempt: a mark for every note of the passage, and notes too many."""

from dataclasses import dataclass, field
from enum import StrEnum


class MarkKind(StrEnum):
    """What became of a note of the passage."""

    RIGHT = "right"
    WRONG = "wrong"
    EARLY = "early"
    LATE = "late"
    MISSED = "missed"
    UNSURE = "unsure"

    @property
    def is_error(self) -> bool:
        """Whether the player is told to do it otherwise."""
        return self not in (MarkKind.RIGHT, MarkKind.UNSURE)


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note of the passage, and what was played for it.

    Attributes
    ----------
    index : int
        Of the note in the passage.
    note_id : str
        Its id.
    kind : MarkKind
        What became of it.
    expected_sec : float, seconds of the attempt
        When it was to be played, at the tempo of the attempt.
    expected_midi : int
        What was to be played, in the key of the attempt.
    heard_id : str or None
        Id of the note that was played for it; None where none was heard.
    heard_midi : int or None
        Its pitch.
    deviation_ms : float or None
        Of its onset from `expected_sec`; late above 0.
    """

    index: int
    note_id: str
    kind: MarkKind
    expected_sec: float
    expected_midi: int
    heard_id: str | None = None
    heard_midi: int | None = None
    deviation_ms: float | None = None


@dataclass(frozen=True, slots=True)
class ExtraNote:
    """A note that was played and is not in the passage.

    Attributes
    ----------
    heard_id : str
        Of the note.
    onset_sec : float, seconds of the attempt
        When it begins.
    pitch_midi : int
        What was played.
    after_index : int
        Of the note of the passage after which it comes.
    """

    heard_id: str
    onset_sec: float
    pitch_midi: int
    after_index: int


@dataclass(frozen=True, slots=True)
class MarkSentence:
    """One thing that is said, and of which notes.

    Attributes
    ----------
    text : str
        A sentence, at concert pitch.
    note_ids : tuple of str
        Notes of the passage.
    heard_ids : tuple of str
        Notes of the attempt.
    """

    text: str
    note_ids: tuple[str, ...] = ()
    heard_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassMarks:
    """The marks of one time through the passage.

    Attributes
    ----------
    notes : tuple of NoteMark
        One for each note of the passage, in order.
    extras : tuple of ExtraNote
        In order.
    onset_sec, offset_sec : float, seconds of the attempt
        From the first note that was heard to the end of the last.
    semitones : int
        How much higher than the passage it was played.
    tempo_bpm : float
        Of the whole, as the passage counts beats.
    drift_percent : float
        By how much the tempo grew from the first note to the last; it fell below 0.
    swing_ratio, wanted_swing_ratio : float or None
        Of the player's eighths, and of the passage's: the soloist's, where the recording is known.
        None where too few notes stand between the beats.
    bias_ms : float
        Mean deviation of the notes that were played; late above 0.
    spread_ms : float
        Of the deviations around their middle, as one standard deviation, without the outliers.
    sentences : tuple of MarkSentence
        What to do otherwise, in order of the notes, and then what holds for the whole.
    """

    notes: tuple[NoteMark, ...]
    extras: tuple[ExtraNote, ...]
    onset_sec: float
    offset_sec: float
    semitones: int
    tempo_bpm: float
    drift_percent: float
    swing_ratio: float | None
    wanted_swing_ratio: float | None
    bias_ms: float
    spread_ms: float
    sentences: tuple[MarkSentence, ...] = field(default=())

    def count(self, kind: MarkKind) -> int:
        """Count the notes of a kind.

        Parameters
        ----------
        kind : MarkKind
            Of the mark.

        Returns
        -------
        int
            How many notes of the passage have it.
        """
        return sum(one.kind is kind for one in self.notes)

    @property
    def accuracy(self) -> float:
        """Right notes as a share of those that could be judged and those too many; 0 to 1."""
        judged = len(self.notes) - self.count(MarkKind.UNSURE) + len(self.extras)
        return self.count(MarkKind.RIGHT) / judged if judged else 0.0

    @property
    def is_clean(self) -> bool:
        """Whether it counts as a clean pass.

        All pitches are right, none is missing or too many, at most one note in eight is early or
        late, and at most one in four could not be judged.
        """
        n_late = self.count(MarkKind.EARLY) + self.count(MarkKind.LATE)
        n_wrong = self.count(MarkKind.WRONG) + self.count(MarkKind.MISSED) + len(self.extras)
        count = len(self.notes)
        return n_wrong == 0 and 8 * n_late <= count and 4 * self.count(MarkKind.UNSURE) <= count


@dataclass(frozen=True, slots=True)
class AttemptMarks:
    """The marks of an attempt.

    Attributes
    ----------
    passes : tuple of PassMarks
        Each time through the passage, in order; none where the passage was not recognised.
    """

    passes: tuple[PassMarks, ...] = ()

    @property
    def best(self) -> PassMarks | None:
        """The one with the most right; of equal ones the last."""
        return max(reversed(self.passes), key=lambda one: one.accuracy, default=None)
