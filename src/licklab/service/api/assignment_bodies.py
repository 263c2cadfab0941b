"""The bodies of requests about assignments, of teachers and of students."""

import re
import uuid
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from licklab.domain.key import Key
from licklab.errors import KeyNameError
from licklab.notation.parts import CONCERT, find_part
from licklab.service.answers import Answer
from licklab.service.api.edits import Text
from licklab.service.assignment_rows import MOST_LICKS, AssignedLick, Wishes
from licklab.service.assignment_tables import Feedback, ScoreShown
from licklab.service.share_links import MOST_DAYS, USUAL_DAYS

LONGEST_PART = 80
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_NAME = 200, 5_000, 80
# Twelve keys, five questions a lick.
_MOST_KEYS, _MOST_CHOICES, _LONGEST_DAY_SEC = 12, 5 * MOST_LICKS, 86_400
# Signs that turn the direction of what stands after them (Unicode's UAX 9).
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _one_line(text: str) -> str:
    shown = " ".join(_TURNS.sub("", text).split())
    if not shown:
        raise ValueError("text with at least one letter")
    return shown


def _maybe_line(text: str) -> str:
    return " ".join(_TURNS.sub("", text).split())


def _key(text: str) -> str:
    try:
        return str(Key.parse(text))
    except KeyNameError:
        raise ValueError("a key such as Bb, Bb:major or F minor") from None


def _part(text: str) -> str:
    found = find_part(text, text, ())
    return CONCERT if found.instrument == CONCERT else found.instrument


_Title = Annotated[Text, Field(max_length=_LONGEST_TITLE), AfterValidator(_one_line)]
_Part = Annotated[Text, Field(max_length=LONGEST_PART), AfterValidator(_part)]
_Number = Annotated[int, Field(strict=True, ge=1, le=1_000)]


class AssignedLickIn(BaseModel):
    """A lick of an assignment, and what students see and hear of it."""

    model_config = ConfigDict(extra="forbid")

    lick_id: uuid.UUID
    title: _Title | None = Field(
        None, description="What students read; the lick's name, or its number, if left out."
    )
    audio: bool = Field(default=True, description="Whether students hear the recording.")
    speed_percent: int = Field(
        100, strict=True, ge=50, le=100, description="Of the loop when it is first played."
    )
    score: ScoreShown = Field(
        ScoreShown.SHOWN,
        description="`shown`, `after_answers` (every question about the lick) or `hidden`.",
    )
    questions: bool = Field(default=True, description="Whether students are asked about it.")
    keys: list[Annotated[Text, AfterValidator(_key)]] = Field(
        [],
        max_length=_MOST_KEYS,
        description="Concert keys to practise it in, besides its own.",
        examples=[["Eb", "F minor"]],
    )

    def read(self) -> AssignedLick:
        """Give what it says.

        Returns
        -------
        AssignedLick
            Of the use case.

        Raises
        ------
        AssignmentError
            If its notation is shown after answers that nobody asks for.
        """
        return AssignedLick(
            self.lick_id, self.title, self.audio, self.speed_percent, self.score, self.questions,
            tuple(Key.parse(one) for one in dict.fromkeys(self.keys)),
        )  # fmt: skip


_Licks = Annotated[list[AssignedLickIn], Field(min_length=1, max_length=MOST_LICKS)]
_LongText = Annotated[Text, Field(max_length=_LONGEST_TEXT)]
_PART = "An instrument or `concert`, for notation and questions; each lick's own without one."
_FEEDBACK = (
    "What students are told of their answers: `key` (right, wrong and why), `marks` (right or "
    "wrong) or `none`."
)


class AssignmentIn(BaseModel):
    """An assignment."""

    model_config = ConfigDict(extra="forbid")

    title: _Title
    text: _LongText = Field("", description="For the students.")
    part: _Part | None = Field(None, description=_PART)
    feedback: Feedback = Field(Feedback.KEY, description=_FEEDBACK)
    licks: _Licks

    def read(self) -> Wishes:
        """Give what it says.

        Returns
        -------
        Wishes
            Of the use case.

        Raises
        ------
        AssignmentError
            If it cannot be.
        """
        licks = tuple(one.read() for one in self.licks)
        return Wishes(self.title, self.text, licks, self.part, self.feedback)


class AssignmentChangesIn(BaseModel):
    """What is different about an assignment; `licks` takes the place of all licks."""

    model_config = ConfigDict(extra="forbid")

    title: _Title | None = None
    text: _LongText | None = None
    part: _Part | None = Field(None, description=_PART)
    feedback: Feedback | None = None
    licks: _Licks | None = None

    def read(self) -> dict[str, Any]:
        """Give what is different.

        Returns
        -------
        dict
            Members of `Wishes`; only `part` may be taken back by null.

        Raises
        ------
        AssignmentError
            If it cannot be.
        """
        changes = {name: getattr(self, name) for name in self.model_fields_set}
        kept = {name: one for name, one in changes.items() if one is not None or name == "part"}
        if self.licks is not None:
            kept["licks"] = tuple(one.read() for one in self.licks)
        return kept


class LinkIn(BaseModel):
    """A link to an assignment."""

    model_config = ConfigDict(extra="forbid")

    label: Annotated[Text, AfterValidator(_maybe_line)] = Field(
        "", max_length=_LONGEST_TITLE, description="For whom it is.", examples=["Tuesday class"]
    )
    days: int = Field(USUAL_DAYS, strict=True, ge=1, le=MOST_DAYS, description="That it is open.")


class AnswerIn(BaseModel):
    """An answer to a question."""

    model_config = ConfigDict(extra="forbid")

    lick: _Number = Field(description="Number of the lick, from 1.")
    question: _Number = Field(description="Number of the question about it, from 1.")
    choice: int = Field(strict=True, ge=0, le=10, description="Index of the choice, from 0.")


class AnswersIn(BaseModel):
    """What a student answers, all at once."""

    model_config = ConfigDict(extra="forbid")

    student: Annotated[Text, Field(max_length=_LONGEST_NAME), AfterValidator(_one_line)] = Field(
        description="Their name.", examples=["Ella"]
    )
    version: Text = Field(
        max_length=64, description="Of the questions; answers 409 when there are others by now."
    )
    part: _Part | None = Field(None, description="In whose names they were asked.")
    took_sec: float | None = Field(None, ge=0, le=_LONGEST_DAY_SEC, allow_inf_nan=False)
    answers: list[AnswerIn] = Field(max_length=_MOST_CHOICES)

    def read(self) -> list[Answer]:
        """Give the answers.

        Returns
        -------
        list of Answer
            Of the use case.
        """
        return [Answer(one.lick, one.question, one.choice) for one in self.answers]


ASSIGNMENT = TypeAdapter(AssignmentIn)
CHANGES = TypeAdapter(AssignmentChangesIn)
LINK = TypeAdapter(LinkIn)
ANSWERS = TypeAdapter(AnswersIn)
