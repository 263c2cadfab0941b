"""What comes back from students: who answered what, and how well."""

import csv
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from licklab.errors import UnknownAssignmentError
from licklab.service.assignment_rows import load_assignment
from licklab.service.assignment_tables import AnswersRow, QuestionSetRow, ShareLinkRow
from licklab.service.database import Database

_COLUMNS = ("student", "sent", "link", "right", "asked", "minutes")
# What spreadsheets take for a formula, or skip and then take for one.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question as a student answered it.

    Attributes
    ----------
    lick : int
        Number of the lick.
    title : str
        Of the lick, as it was shown.
    question : str
        As it was asked.
    choice : str or None
        What was chosen; None for nothing.
    right : str
        The right choice.
    is_right : bool
        Whether it was chosen.
    """

    lick: int
    title: str
    question: str
    choice: str | None
    right: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one student answered at one time.

    Attributes
    ----------
    id : UUID
        Of the result.
    student : str
        Who, as they wrote it.
    link_id : UUID
        Through which link.
    link_label : str
        For whom that was made.
    sent_at : datetime
        When.
    took_sec : float or None
        How long it took, as the student's page measured it.
    n_right, n_asked : int
        Right answers, and questions.
    answers : tuple of AnsweredQuestion
        In the order of the questions.
    """

    id: uuid.UUID
    student: str
    link_id: uuid.UUID
    link_label: str
    sent_at: datetime
    took_sec: float | None
    n_right: int
    n_asked: int
    answers: tuple[AnsweredQuestion, ...]


class Results:
    """The use cases around what students answered; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, assignment_id: uuid.UUID) -> list[Result]:
        """List what students answered.

        Parameters
        ----------
        assignment_id : UUID
            The assignment.

        Returns
        -------
        list of Result
            The newest first.

        Raises
        ------
        UnknownAssignmentError
            If there is no such assignment.
        """
        with self._database.transaction() as session:
            load_assignment(session, assignment_id)
            sets = session.scalars(
                select(QuestionSetRow).where(QuestionSetRow.assignment_id == assignment_id)
            )
            asked = {one.version: one.body for one in sets}
            query = (
                select(AnswersRow, ShareLinkRow.label)
                .join(ShareLinkRow, ShareLinkRow.id == AnswersRow.link_id)
                .where(AnswersRow.assignment_id == assignment_id)
                .order_by(AnswersRow.created_at.desc(), AnswersRow.id)
            )
            return [_read(row, label, asked[row.version]) for row, label in session.execute(query)]

    def delete(self, assignment_id: uuid.UUID, result_id: uuid.UUID) -> None:
        """Delete what a student answered.

        Parameters
        ----------
        assignment_id : UUID
            The assignment.
        result_id : UUID
            One of its results.

        Raises
        ------
        UnknownAssignmentError
            If there is none.
        """
        with self._database.transaction() as session:
            row = session.get(AnswersRow, result_id)
            if row is None or row.assignment_id != assignment_id:
                raise UnknownAssignmentError(
                    f"want the id of a result of the assignment {assignment_id}, got {result_id}"
                )
            session.delete(row)


def _read(row: AnswersRow, label: str, asked: Sequence[Mapping[str, Any]]) -> Result:
    chosen = {
        (lick, question): (choice, bool(is_right))
        for lick, question, choice, is_right in row.choices
    }
    answers = []
    for lick in asked:
        for number, one in enumerate(lick["questions"], 1):
            choice, is_right = chosen.get((lick["number"], number), (None, False))
            answers.append(
                AnsweredQuestion(
                    lick["number"], lick["title"], one["text"],
                    None if choice is None else one["choices"][choice],
                    one["choices"][one["right"]], is_right,
                )
            )  # fmt: skip
    return Result(
        row.id, row.student, row.link_id, label, row.created_at, row.took_sec, row.n_right,
        row.n_asked, tuple(answers),
    )  # fmt: skip


def write_results(results: Sequence[Result]) -> bytes:
    """Write results as a table, one row for each time that somebody answered.

    Parameters
    ----------
    results : sequence of Result
        Of one assignment.

    Returns
    -------
    bytes
        UTF-8 with its mark, which spreadsheets look for, and a line of names, as RFC 4180 has it.
        Each question has a column; no cell begins with a sign that a spreadsheet takes for a
        formula.
    """
    questions = {_question(one): None for result in results for one in result.answers}
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow([_as_text(cell) for cell in (*_COLUMNS, *questions)])
    for one in results:
        told = {
            _question(
                each
            ): f"{'right' if each.is_right else 'wrong'}: {each.choice or 'no answer'}"
            for each in one.answers
        }
        minutes = "" if one.took_sec is None else f"{one.took_sec / 60:.1f}"
        sent = one.sent_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        table.writerow(
            [
                _as_text(one.student), sent, _as_text(one.link_label), one.n_right, one.n_asked,
                minutes, *(_as_text(told.get(question, "")) for question in questions),
            ]
        )  # fmt: skip
    return buffer.getvalue().encode("utf-8-sig")


def _question(one: AnsweredQuestion) -> str:
    return f"{one.lick}. {one.title}: {one.question}"


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_SIGNS) else cell
