"""What a student does through a share link: look, listen, read, answer.

Everything goes through the link's own assignment: a lick is named by its number there, and there
is no way from here to jobs, other licks or files.
"""

import hmac
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licklab.errors import AssignmentError
from licklab.practice.questions.question import Question
from licklab.service.answers import Answer, MarkedAnswer, mark_answers
from licklab.service.assigned_licks import AssignedLicks
from licklab.service.assignment_rows import Assignment, load_assignment
from licklab.service.assignment_tables import AnswersRow, Feedback, QuestionSetRow, ScoreShown
from licklab.service.database import Database
from licklab.service.found_licks import FoundLick
from licklab.service.question_sets import version_of, write_questions
from licklab.service.share_links import no_such_link, open_link
from licklab.service.tokens import digest_token, make_token

MOST_ANSWERS = 300
"""Through one link: ten times those of a large class."""


class QuestionsChangedError(AssignmentError):
    """The questions are no longer those that were answered."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedAssignment:
    """What a link leads to.

    Attributes
    ----------
    assignment : Assignment
        Its assignment.
    link_id : UUID
        The link.
    expires_at : datetime
        Until when it is open.
    licks : list of FoundLick
        Those that are there.
    questions : dict of int to tuple of Question
        By the number of the lick.
    version : str
        Of the questions.
    open_scores : frozenset of int
        Numbers of the licks whose notation is shown.
    """

    assignment: Assignment
    link_id: uuid.UUID
    expires_at: datetime
    licks: Sequence[FoundLick]
    questions: Mapping[int, tuple[Question, ...]]
    version: str
    open_scores: frozenset[int]

    def lick(self, number: str) -> FoundLick:
        """Give a lick of the assignment.

        Parameters
        ----------
        number : str
            As the student's request names it.

        Returns
        -------
        FoundLick
            Of that number.

        Raises
        ------
        UnknownLinkError
            If there is none, whatever the text is.
        """
        for one in self.licks:
            if number == str(one.assigned.number):
                return one
        raise no_such_link()


@dataclass(frozen=True, slots=True)
class Marked:
    """What was answered, marked.

    Attributes
    ----------
    answers : tuple of MarkedAnswer
        One for each question.
    receipt : str
        Opens what is shown after answering.
    feedback : Feedback
        What the student may be told.
    open_scores : frozenset of int
        Numbers of the licks whose notation is shown from now on.
    """

    answers: tuple[MarkedAnswer, ...]
    receipt: str
    feedback: Feedback
    open_scores: frozenset[int]


class Shared:
    """The use cases of students.

    Parameters
    ----------
    database : Database
        The truth.
    licks : AssignedLicks
        Where licks are found.
    """

    def __init__(self, database: Database, licks: AssignedLicks) -> None:
        self._database, self._licks = database, licks

    def open(
        self, token: str, part: str | None = None, receipt: str | None = None
    ) -> SharedAssignment:
        """Open a link.

        Parameters
        ----------
        token : str
            Whatever came in its place.
        part : str, optional
            For whom; as the assignment says if omitted.
        receipt : str, optional
            Of answers through this link.

        Returns
        -------
        SharedAssignment
            What it leads to.

        Raises
        ------
        UnknownLinkError
            If it is not open.
        PartError
            If there is no such part.
        """
        with self._database.transaction() as session:
            link = open_link(session, token)
            assignment = load_assignment(session, link.assignment_id)
            answered = set() if receipt is None else _answered(session, link.id, receipt)
        licks = self._licks.find(assignment)
        questions = self._licks.ask(assignment, licks, part)
        return SharedAssignment(
            assignment,
            link.id,
            link.expires_at,
            licks,
            questions,
            version_of(write_questions(licks, questions)),
            _open_scores(licks, questions, answered),
        )

    def answer(
        self,
        token: str,
        student: str,
        answers: Sequence[Answer],
        *,
        version: str,
        part: str | None = None,
        took_sec: float | None = None,
    ) -> Marked:
        """Take a student's answers.

        Parameters
        ----------
        token : str
            Of the link.
        student : str
            Their name.
        answers : sequence of Answer
            At most one for each question.
        version : str
            Of the questions that were answered.
        part : str, optional
            In whose names they were asked.
        took_sec : float, optional
            How long it took.

        Returns
        -------
        Marked
            Right and wrong; questions without an answer are wrong.

        Raises
        ------
        UnknownLinkError
            If the link is not open.
        QuestionsChangedError
            If there are other questions by now.
        AssignmentError
            If an answer is to no question, or no more are taken.
        """
        shared = self.open(token, part)
        if version != shared.version:
            raise QuestionsChangedError(
                "want answers to the questions that are asked now, got some to others: look again"
            )
        marked = mark_answers(shared.questions, answers)
        receipt = make_token()
        written = write_questions(shared.licks, shared.questions)
        with self._database.transaction() as session:
            link = open_link(session, token, lock=True)
            mine = select(func.count()).select_from(AnswersRow).where(AnswersRow.link_id == link.id)
            if (session.scalar(mine) or 0) >= MOST_ANSWERS:
                raise AssignmentError(
                    f"want at most {MOST_ANSWERS} answers through a link, got one more: ask for "
                    "another link"
                )
            kept = {"assignment_id": link.assignment_id, "version": version, "body": written}
            session.execute(
                insert(QuestionSetRow)
                .values(kept)
                .on_conflict_do_update(
                    index_elements=["assignment_id", "version"], set_={"body": written}
                )
            )
            session.add(
                AnswersRow(
                    id=uuid.uuid4(),
                    assignment_id=link.assignment_id,
                    version=version,
                    link_id=link.id,
                    student=student,
                    receipt_digest=receipt.digest,
                    choices=[
                        [one.lick, one.question, one.choice, int(one.is_right)]
                        for one in marked
                        if one.choice is not None
                    ],
                    n_right=sum(one.is_right for one in marked),
                    n_asked=len(marked),
                    took_sec=took_sec,
                )
            )
        answered = {(one.lick, one.question) for one in answers}
        feedback = shared.assignment.wishes.feedback
        opened = _open_scores(shared.licks, shared.questions, answered)
        return Marked(marked, receipt.text, feedback, opened)


def _answered(session: Session, link_id: uuid.UUID, receipt: str) -> set[tuple[int, int]]:
    """List the questions that the holder of a receipt has answered."""
    digest = digest_token(receipt)
    query = select(AnswersRow).where(
        AnswersRow.link_id == link_id, AnswersRow.receipt_digest == digest
    )
    row = session.scalar(query)
    if row is None or not hmac.compare_digest(row.receipt_digest, digest):
        return set()
    return {(lick, question) for lick, question, *_ in row.choices}


def _open_scores(
    licks: Sequence[FoundLick],
    questions: Mapping[int, tuple[Question, ...]],
    answered: set[tuple[int, int]],
) -> frozenset[int]:
    """List the licks whose notation a student sees, by their numbers."""
    found = set()
    for one in licks:
        shown, number = one.assigned.score, one.assigned.number
        asked = {(number, question) for question in range(1, len(questions[number]) + 1)}
        if shown is ScoreShown.SHOWN or (shown is ScoreShown.AFTER_ANSWERS and asked <= answered):
            found.add(number)
    return frozenset(found)
