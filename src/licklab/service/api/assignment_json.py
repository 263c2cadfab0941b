"""Assignments as teachers get them, with what is asked."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from licklab.practice.questions.question import Question
from licklab.service.assignment_rows import AssignedLick, Assignment
from licklab.service.assignment_tables import Feedback, ScoreShown
from licklab.service.found_licks import FoundLick


class ChoiceOut(BaseModel):
    """An answer that can be chosen."""

    text: str
    note_ids: list[str] = Field(
        description="Notes that it names; none while the notation is not shown."
    )


class KeyOut(BaseModel):
    """Why an answer is right."""

    text: str
    note_ids: list[str] = Field(
        description="That bear it out; none while the notation is not shown."
    )
    bars: list[int]


class AskedOut(BaseModel):
    """A question as a teacher sees it."""

    number: int
    kind: str
    text: str
    choices: list[ChoiceOut]
    right: int = Field(description="Index of the right choice.")
    key: KeyOut

    @classmethod
    def from_question(cls, number: int, one: Question) -> "AskedOut":
        """Show a question with its key.

        Parameters
        ----------
        number : int
            Of the question, from 1.
        one : Question
            About a lick.

        Returns
        -------
        AskedOut
            The same as JSON.
        """
        return cls(
            number=number,
            kind=one.kind.value,
            text=one.text,
            choices=[ChoiceOut(text=c.text, note_ids=list(c.note_ids)) for c in one.choices],
            right=one.answer,
            key=KeyOut(text=one.key.text, note_ids=list(one.key.note_ids), bars=list(one.key.bars)),
        )


class AssignedLickOut(BaseModel):
    """A lick of an assignment."""

    number: int
    lick_id: uuid.UUID | None = Field(description="Null when the lick is gone.")
    title: str | None = Field(description="That the teacher gave it here.")
    audio: bool
    speed_percent: int
    score: ScoreShown
    questions: bool
    keys: list[str] = Field(description="Such as `Bb:major`.")

    @classmethod
    def from_lick(cls, one: AssignedLick) -> "AssignedLickOut":
        """Show a lick of an assignment.

        Parameters
        ----------
        one : AssignedLick
            The lick.

        Returns
        -------
        AssignedLickOut
            The same as JSON.
        """
        return cls(
            number=one.number,
            lick_id=one.lick_id,
            title=one.title,
            audio=one.has_audio,
            speed_percent=one.speed_percent,
            score=one.score,
            questions=one.has_questions,
            keys=[str(key) for key in one.keys],
        )


class AssignmentLinks(BaseModel):
    """Where the rest of an assignment is."""

    self: str
    links: str
    results: str
    results_csv: str
    worksheet: str


class AssignmentOut(BaseModel):
    """An assignment."""

    id: uuid.UUID
    title: str
    text: str
    part: str | None
    feedback: Feedback
    created_at: datetime
    updated_at: datetime
    n_links: int = Field(description="That are open.")
    n_answers: int = Field(description="Times that somebody answered.")
    licks: list[AssignedLickOut]
    links: AssignmentLinks

    @classmethod
    def from_assignment(cls, one: Assignment) -> "AssignmentOut":
        """Show an assignment.

        Parameters
        ----------
        one : Assignment
            As it is stored.

        Returns
        -------
        AssignmentOut
            The same as JSON.
        """
        base, wishes = f"/assignments/{one.id}", one.wishes
        return cls(
            id=one.id,
            title=wishes.title,
            text=wishes.text,
            part=wishes.part,
            feedback=wishes.feedback,
            created_at=one.created_at,
            updated_at=one.updated_at,
            n_links=one.n_links,
            n_answers=one.n_answers,
            licks=[AssignedLickOut.from_lick(lick) for lick in wishes.licks],
            links=AssignmentLinks(
                self=base,
                links=f"{base}/links",
                results=f"{base}/results",
                results_csv=f"{base}/results.csv",
                worksheet=f"{base}/worksheet.pdf",
            ),
        )


class AssignmentList(BaseModel):
    """All assignments, the newest first."""

    items: list[AssignmentOut]


class FoundLickOut(BaseModel):
    """A lick of an assignment as students find it, with the questions about it."""

    number: int
    job_id: uuid.UUID
    title: str = Field(description="As students read it.")
    bars: list[int]
    asked: list[AskedOut]


class AssignmentDetails(AssignmentOut):
    """An assignment with what is asked."""

    version: str = Field(description="Of the questions.")
    found: list[FoundLickOut] = Field(description="Licks that are there; others are gone.")

    @classmethod
    def from_found(
        cls,
        one: Assignment,
        licks: Sequence[FoundLick],
        questions: Mapping[int, tuple[Question, ...]],
        version: str,
    ) -> "AssignmentDetails":
        """Show an assignment with what is asked.

        Parameters
        ----------
        one : Assignment
            As it is stored.
        licks : sequence of FoundLick
            Of it.
        questions : mapping of int to tuple of Question
            By the number of the lick.
        version : str
            Of the questions.

        Returns
        -------
        AssignmentDetails
            The same as JSON.
        """
        found = [
            FoundLickOut(
                number=lick.assigned.number,
                job_id=lick.job_id,
                title=lick.title,
                bars=lick.bars,
                asked=[
                    AskedOut.from_question(number, question)
                    for number, question in enumerate(questions[lick.assigned.number], 1)
                ],
            )
            for lick in licks
        ]
        plain = AssignmentOut.from_assignment(one)
        return cls(**dict(plain), version=version, found=found)
