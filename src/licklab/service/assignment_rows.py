"""Assignments as values, and between them and their rows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from licklab.domain.key import Key
from licklab.errors import AssignmentError, UnknownAssignmentError, UnknownLickError
from licklab.notation.parts import find_part
from licklab.service.assignment_tables import (
    AnswersRow,
    AssignedLickRow,
    AssignmentRow,
    Feedback,
    ScoreShown,
    ShareLinkRow,
)
from licklab.service.lick_rows import load_row

MOST_LICKS = 24
"""In an assignment: more than a month of lessons."""


@dataclass(frozen=True, slots=True)
class AssignedLick:
    """A lick of an assignment.

    Attributes
    ----------
    lick_id : UUID or None
        The lick; None where it is gone.
    title : str or None
        What students read; the lick's name without one.
    has_audio : bool
        Whether students hear the recording.
    speed_percent : int, 50 to 100
        Of the loop when it is first played.
    score : ScoreShown
        When students see the notation.
    has_questions : bool
        Whether students are asked about it.
    keys : tuple of Key
        Concert keys to practise it in, besides its own.
    number : int
        Place in the assignment, from 1.
    """

    lick_id: uuid.UUID | None
    title: str | None = None
    has_audio: bool = True
    speed_percent: int = 100
    score: ScoreShown = ScoreShown.SHOWN
    has_questions: bool = True
    keys: tuple[Key, ...] = ()
    number: int = 0

    def __post_init__(self) -> None:
        if self.score is ScoreShown.AFTER_ANSWERS and not self.has_questions:
            raise AssignmentError(
                "want questions about a lick whose notation is shown after answering, got none"
            )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a teacher says of an assignment.

    Attributes
    ----------
    title, text : str
        For the students; the text may be empty.
    licks : tuple of AssignedLick
        In order.
    part : str or None
        For whom notation and questions are written; each lick's own instrument if None.
    feedback : Feedback
        What students are told of their answers.
    """

    title: str
    text: str = ""
    licks: tuple[AssignedLick, ...] = ()
    part: str | None = None
    feedback: Feedback = Feedback.KEY

    def __post_init__(self) -> None:
        if not 1 <= len(self.licks) <= MOST_LICKS:
            raise AssignmentError(f"want 1 to {MOST_LICKS} licks, got {len(self.licks)}")
        if self.part is not None:
            find_part(self.part, self.part, ())


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment as it is stored.

    Attributes
    ----------
    id : UUID
        Its own.
    wishes : Wishes
        What the teacher says; the licks have their numbers.
    created_at, updated_at : datetime
        When it was made, and last changed.
    n_links : int
        Links that are open.
    n_answers : int
        Times that somebody answered.
    """

    id: uuid.UUID
    wishes: Wishes
    created_at: datetime
    updated_at: datetime
    n_links: int = 0
    n_answers: int = 0


def no_such_assignment(assignment_id: uuid.UUID) -> UnknownAssignmentError:
    """Say that there is no assignment of that id.

    Parameters
    ----------
    assignment_id : UUID
        That was asked for.

    Returns
    -------
    UnknownAssignmentError
        To be raised.
    """
    return UnknownAssignmentError(
        f"want the id of an assignment, got {assignment_id}, which is none here"
    )


def load_assignment(session: Session, assignment_id: uuid.UUID) -> Assignment:
    """Look an assignment up.

    Parameters
    ----------
    session : Session
        In a transaction.
    assignment_id : UUID
        Which.

    Returns
    -------
    Assignment
        As it is now.

    Raises
    ------
    UnknownAssignmentError
        If there is none.
    """
    row = session.get(AssignmentRow, assignment_id)
    if row is None:
        raise no_such_assignment(assignment_id)
    return read_row(session, row)


def write_row(row: AssignmentRow, wishes: Wishes) -> None:
    """Write what a teacher says into a row.

    Parameters
    ----------
    row : AssignmentRow
        Of the assignment.
    wishes : Wishes
        What they say; the licks are written by `write_licks`.
    """
    row.title, row.text = wishes.title, wishes.text
    row.part, row.feedback = wishes.part, wishes.feedback.value


def write_licks(session: Session, assignment_id: uuid.UUID, licks: Sequence[AssignedLick]) -> None:
    """Write the licks of an assignment, which has none at the moment.

    Parameters
    ----------
    session : Session
        In a transaction.
    assignment_id : UUID
        The assignment.
    licks : sequence of AssignedLick
        In order; they get their numbers.

    Raises
    ------
    UnknownLickError
        If one of them is none.
    """
    for number, one in enumerate(licks, 1):
        if one.lick_id is None:
            raise UnknownLickError("want the id of a lick, got none")
        load_row(session, one.lick_id)
        session.add(
            AssignedLickRow(
                assignment_id=assignment_id, number=number, lick_id=one.lick_id, title=one.title,
                has_audio=one.has_audio, speed_percent=one.speed_percent, score=one.score.value,
                has_questions=one.has_questions, keys=[str(key) for key in one.keys],
            )
        )  # fmt: skip
    session.flush()


def read_row(session: Session, row: AssignmentRow) -> Assignment:
    """Read an assignment.

    Parameters
    ----------
    session : Session
        In a transaction.
    row : AssignmentRow
        Of the assignment.

    Returns
    -------
    Assignment
        The same as a value, with its licks.
    """
    query = select(AssignedLickRow).where(AssignedLickRow.assignment_id == row.id)
    licks = session.scalars(query.order_by(AssignedLickRow.number)).all()
    is_open = (ShareLinkRow.revoked_at.is_(None), ShareLinkRow.expires_at > func.now())
    n_links = select(func.count()).where(ShareLinkRow.assignment_id == row.id, *is_open)
    n_answers = select(func.count()).where(AnswersRow.assignment_id == row.id)
    return Assignment(
        row.id,
        Wishes(
            row.title, row.text, tuple(map(_read_lick, licks)), row.part, Feedback(row.feedback)
        ),
        row.created_at,
        row.updated_at,
        session.scalar(n_links) or 0,
        session.scalar(n_answers) or 0,
    )


def _read_lick(row: AssignedLickRow) -> AssignedLick:
    return AssignedLick(
        row.lick_id, row.title, row.has_audio, row.speed_percent, ScoreShown(row.score),
        row.has_questions, tuple(Key.parse(one) for one in row.keys), row.number,
    )  # fmt: skip
