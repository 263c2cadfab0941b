"""A question with several choices, of which one is right."""

from dataclasses import dataclass
from enum import StrEnum

from licklab.domain.line_analysis import Statement
from licklab.errors import ShapeError


class QuestionKind(StrEnum):
    """What a question is about."""

    CADENCE = "cadence"
    RESOLUTION = "resolution"
    ENCLOSURE = "enclosure"
    DEVICE = "device"
    LAST_NOTE = "last note"
    DOWNBEAT = "note on beat 1"
    HIGHEST_NOTE = "highest note"
    GUIDE_TONE = "guide tone"
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen.

    Attributes
    ----------
    text : str
        As it is read.
    note_ids : tuple of str
        Notes that it names; none where it names none.
    """

    text: str
    note_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a lick.

    Attributes
    ----------
    kind : QuestionKind
        What it is about.
    text : str
        The question.
    choices : tuple of Choice
        Three or four, no two of one text.
    answer : int
        Index of the one that is right; the analysis bears none of the others out.
    key : Statement
        Why it is right, with the notes and bars that show it.

    Raises
    ------
    ShapeError
        If the answer is none of the choices, or two of them read alike.
    """

    kind: QuestionKind
    text: str
    choices: tuple[Choice, ...]
    answer: int
    key: Statement

    def __post_init__(self) -> None:
        texts = [one.text for one in self.choices]
        if not 0 <= self.answer < len(texts) or len(set(texts)) != len(texts):
            raise ShapeError(
                f"want one of different choices as the answer, got {self.answer} of {texts}"
            )
