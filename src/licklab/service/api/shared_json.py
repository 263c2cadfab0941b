"""What students get: nothing that names a job, a file, another lick, or where a solo is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, Field

from licklab.domain.instrument import INSTRUMENTS
from licklab.exporting.sheet import Sheet
from licklab.formats.note_json import TIME_DIGITS
from licklab.practice.questions.question import Question
from licklab.service.answers import MarkedAnswer
from licklab.service.api.assignment_json import ChoiceOut, KeyOut
from licklab.service.api.sheet_json import (
    SheetBarOut,
    SheetLineOut,
    SheetNoteOut,
    SheetPartOut,
)
from licklab.service.assignment_tables import Feedback, ScoreShown
from licklab.service.found_licks import FoundLick
from licklab.service.shared import Marked, SharedAssignment

_Model = TypeVar("_Model", bound=BaseModel)
_SECONDS = "Seconds of the clip at its full speed."


class SharedAudioOut(BaseModel):
    """What is heard of a lick."""

    duration_sec: float = Field(description="At its full speed.")
    speed_percent: int = Field(description="Of the loop when it is first played.")


class PractiseKeyOut(BaseModel):
    """A key to practise a lick in."""

    key: str = Field(description="Such as `Bb:major`, as it sounds; for `key` of clip and sheet.")
    semitones: int = Field(description="From the recording, -6 to 6.")


class SharedQuestionOut(BaseModel):
    """A question."""

    number: int
    kind: str
    text: str
    choices: list[ChoiceOut]


class SharedLickOut(BaseModel):
    """A lick to work on."""

    number: int
    title: str
    bars: list[int] = Field(description="Their numbers in the solo; none where no beats are known.")
    n_notes: int
    tempo_bpm: float | None
    instrument: str = Field(description="Id of the one that plays it.")
    instrument_name: str
    audio: SharedAudioOut | None
    score: ScoreShown
    is_score_open: bool = Field(description="Whether `GET …/sheet` gives the notation now.")
    keys: list[PractiseKeyOut]
    questions: list[SharedQuestionOut]


class SharedOut(BaseModel):
    """An assignment as students see it."""

    title: str
    text: str
    part: str | None = Field(description="For whom it is written unless the student says.")
    feedback: Feedback
    expires_at: datetime
    version: str = Field(description="Of the questions; to be sent with the answers.")
    licks: list[SharedLickOut]

    @classmethod
    def from_shared(
        cls, shared: SharedAssignment, durations_sec: dict[int, float | None]
    ) -> "SharedOut":
        """Show an assignment.

        Parameters
        ----------
        shared : SharedAssignment
            What a link leads to.
        durations_sec : dict of int to float or None
            Of the sound of each lick by its number; None where there is none.

        Returns
        -------
        SharedOut
            The same as JSON.
        """
        wishes = shared.assignment.wishes
        return cls(
            title=wishes.title,
            text=wishes.text,
            part=wishes.part,
            feedback=wishes.feedback,
            expires_at=shared.expires_at,
            version=shared.version,
            licks=[
                _lick(
                    one,
                    shared.questions[one.assigned.number],
                    durations_sec[one.assigned.number],
                    is_open=one.assigned.number in shared.open_scores,
                )
                for one in shared.licks
            ],
        )


def _lick(
    one: FoundLick, questions: Sequence[Question], duration_sec: float | None, *, is_open: bool
) -> SharedLickOut:
    assigned, heard = one.assigned, one.transcription
    tempo = None if heard.analysis is None else heard.analysis.grid.tempo_bpm
    audio = None
    if duration_sec is not None:
        audio = SharedAudioOut(
            duration_sec=round(duration_sec, TIME_DIGITS), speed_percent=assigned.speed_percent
        )
    return SharedLickOut(
        number=assigned.number,
        title=one.title,
        bars=one.bars,
        n_notes=len(one.span),
        tempo_bpm=None if tempo is None else round(tempo, TIME_DIGITS),
        instrument=heard.instrument,
        instrument_name=INSTRUMENTS[heard.instrument].name,
        audio=audio,
        score=assigned.score,
        is_score_open=is_open,
        keys=[
            PractiseKeyOut(key=str(key), semitones=semitones)
            for key, semitones in one.keys().items()
        ],
        questions=[
            SharedQuestionOut(
                number=number,
                kind=question.kind.value,
                text=question.text,
                choices=[
                    ChoiceOut(text=choice.text, note_ids=list(choice.note_ids) if is_open else [])
                    for choice in question.choices
                ],
            )
            for number, question in enumerate(questions, 1)
        ],
    )


class MarkedAnswerOut(BaseModel):
    """A question, as it was answered."""

    lick: int
    question: int
    choice: int | None
    is_right: bool | None = Field(description="Null where the teacher keeps it to themselves.")
    right: int | None = Field(description="Index of the right choice, where it is told.")
    key: KeyOut | None = Field(description="Why it is right, where it is told.")


class MarkedOut(BaseModel):
    """What was answered, with what may be told of it."""

    receipt: str = Field(
        description="For `receipt` of the assignment and of sheets: opens what is shown after "
        "answering."
    )
    n_right: int | None
    n_asked: int
    answers: list[MarkedAnswerOut]

    @classmethod
    def from_marked(cls, marked: Marked) -> "MarkedOut":
        """Show what may be told of answers.

        Parameters
        ----------
        marked : Marked
            The answers.

        Returns
        -------
        MarkedOut
            Without what the teacher keeps to themselves.
        """
        are_told = marked.feedback is not Feedback.NONE
        return cls(
            receipt=marked.receipt,
            n_right=sum(one.is_right for one in marked.answers) if are_told else None,
            n_asked=len(marked.answers),
            answers=[_answer(one, marked) for one in marked.answers],
        )


def _answer(one: MarkedAnswer, marked: Marked) -> MarkedAnswerOut:
    has_key = marked.feedback is Feedback.KEY
    is_open = one.lick in marked.open_scores
    key = None
    if has_key:
        key = KeyOut(
            text=one.key.text,
            note_ids=list(one.key.note_ids) if is_open else [],
            bars=list(one.key.bars),
        )
    return MarkedAnswerOut(
        lick=one.lick,
        question=one.question,
        choice=one.choice,
        is_right=None if marked.feedback is Feedback.NONE else one.is_right,
        right=one.right if has_key else None,
        key=key,
    )


class SharedSheetOut(BaseModel):
    """The notation of a lick: its own notes alone, in its bars."""

    title: str
    part: SheetPartOut
    key: str | None = Field(description="As written, such as `Bb:major`; null where none is known.")
    concert_key: str | None = Field(description="As it sounds.")
    semitones: int = Field(description="How much higher it sounds than the recording.")
    tempo_bpm: float | None
    is_swung: bool
    lines: list[SheetLineOut]
    bars: list[SheetBarOut] = Field(description=f"All times are of the clip. {_SECONDS}")
    notes: list[SheetNoteOut]

    @classmethod
    def from_sheet(cls, sheet: Sheet, lick: FoundLick, start_sec: float) -> "SharedSheetOut":
        """Show the notation of a lick.

        Parameters
        ----------
        sheet : Sheet
            Of the lick alone.
        lick : FoundLick
            The lick.
        start_sec : float, seconds
            Of the recording, where the clip begins.

        Returns
        -------
        SharedSheetOut
            Whose times count from there.
        """
        score = sheet.score
        return cls(
            title=lick.title,
            part=SheetPartOut.from_part(score.part),
            key=None if score.key is None else str(score.key),
            concert_key=None if sheet.concert_key is None else str(sheet.concert_key),
            semitones=score.moved_semitones,
            tempo_bpm=None if score.tempo_bpm is None else round(score.tempo_bpm, TIME_DIGITS),
            is_swung=score.is_swung,
            lines=[SheetLineOut.from_line(one) for one in sheet.screen.draw()],
            bars=[_begin_at(start_sec, SheetBarOut.from_bar(one)) for one in sheet.bars],
            notes=[
                _begin_at(start_sec, SheetNoteOut.from_note(one, lick.note_ids))
                for one in sheet.notes
            ],
        )


def _begin_at(start_sec: float, one: _Model) -> _Model:
    """Count all times in a part of a sheet from another second on."""

    def move(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [move(name, each) for each in value]
        if isinstance(value, BaseModel):
            return _begin_at(start_sec, value)
        is_time = name in {"onset_sec", "offset_sec", "beat_secs"}
        return round(value - start_sec, TIME_DIGITS) if is_time else value

    return one.model_copy(update={name: move(name, value) for name, value in one})
