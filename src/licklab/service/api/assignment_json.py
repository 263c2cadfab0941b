"""Assignments, links and results as teachers get them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from licklab.practice.questions.question import Question
from licklab.service.assignment_results import Result
from licklab.service.assignment_rows import AssignedLick, Assignment
from licklab.service.assignment_tables import Feedback, ScoreShown
from licklab.service.found_licks import FoundLick
from licklab.service.share_links import ShareLink
from licklab.service.tokens import Token


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


class LinkOut(BaseModel):
    """A link to an assignment, without its secret."""

    id: uuid.UUID
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    is_open: bool
    n_answers: int

    @classmethod
    def from_link(cls, one: ShareLink) -> "LinkOut":
        """Show a link.

        Parameters
        ----------
        one : ShareLink
            As it is stored.

        Returns
        -------
        LinkOut
            The same as JSON.
        """
        return cls(
            id=one.id,
            label=one.label,
            created_at=one.created_at,
            expires_at=one.expires_at,
            revoked_at=one.revoked_at,
            is_open=one.is_open,
            n_answers=one.n_answers,
        )


class MadeLinkOut(LinkOut):
    """A link that was just made: its secret is told this once."""

    token: str
    page: str = Field(description="Path of the page for students, below this service's address.")

    @classmethod
    def from_made(cls, one: ShareLink, token: Token) -> "MadeLinkOut":
        """Show a link that was just made.

        Parameters
        ----------
        one : ShareLink
            As it is stored.
        token : Token
            Of it.

        Returns
        -------
        MadeLinkOut
            The same as JSON.
        """
        plain = LinkOut.from_link(one)
        return cls(**dict(plain), token=token.text, page=f"/shared/{token.text}")


class LinkList(BaseModel):
    """The links of an assignment, closed ones too, the newest first."""

    items: list[LinkOut]


class AnsweredOut(BaseModel):
    """A question as a student answered it."""

    lick: int
    title: str
    question: str
    choice: str | None = Field(description="Null where nothing was chosen.")
    right: str
    is_right: bool


class ResultOut(BaseModel):
    """What one student answered at one time."""

    id: uuid.UUID
    student: str
    link_id: uuid.UUID
    link_label: str
    sent_at: datetime
    took_sec: float | None
    n_right: int
    n_asked: int
    answers: list[AnsweredOut]

    @classmethod
    def from_result(cls, one: Result) -> "ResultOut":
        """Show a result.

        Parameters
        ----------
        one : Result
            Of a student.

        Returns
        -------
        ResultOut
            The same as JSON.
        """
        return cls(
            id=one.id,
            student=one.student,
            link_id=one.link_id,
            link_label=one.link_label,
            sent_at=one.sent_at,
            took_sec=one.took_sec,
            n_right=one.n_right,
            n_asked=one.n_asked,
            answers=[
                AnsweredOut(
                    lick=each.lick,
                    title=each.title,
                    question=each.question,
                    choice=each.choice,
                    right=each.right,
                    is_right=each.is_right,
                )
                for each in one.answers
            ],
        )


class ResultList(BaseModel):
    """What students answered, the newest first."""

    items: list[ResultOut]
