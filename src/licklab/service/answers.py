"""Answers of students, and how they are marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from licklab.domain.line_analysis import Statement
from licklab.errors import AssignmentError
from licklab.practice.questions.question import Question


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a student.

    Attributes
    ----------
    lick, question : int
        Their numbers, from 1.
    choice : int
        Index of the choice.
    """

    lick: int
    question: int
    choice: int


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """A question, as it was answered.

    Attributes
    ----------
    lick, question : int
        Their numbers, from 1.
    choice : int or None
        Index of the choice; None where none was made.
    is_right : bool
        Whether it is the right one.
    right : int
        Index of the right one.
    key : Statement
        Why it is.
    """

    lick: int
    question: int
    choice: int | None
    is_right: bool
    right: int
    key: Statement


def mark_answers(
    questions: Mapping[int, tuple[Question, ...]], answers: Sequence[Answer]
) -> tuple[MarkedAnswer, ...]:
    """Mark answers.

    Parameters
    ----------
    questions : mapping of int to tuple of Question
        By the number of the lick.
    answers : sequence of Answer
        At most one for each question.

    Returns
    -------
    tuple of MarkedAnswer
        One for each question, in order.

    Raises
    ------
    AssignmentError
        If an answer is to no question, no choice of it, or one of two to the same.
    """
    chosen: dict[tuple[int, int], int] = {}
    for one in answers:
        asked = questions.get(one.lick, ())
        place = (one.lick, one.question)
        if not 1 <= one.question <= len(asked):
            raise AssignmentError(
                f"want answers to questions, got one to question {one.question} of lick {one.lick}"
            )
        choices = asked[one.question - 1].choices
        if not 0 <= one.choice < len(choices):
            raise AssignmentError(f"want a choice from 0 to {len(choices) - 1}, got {one.choice}")
        if place in chosen:
            raise AssignmentError(
                f"want one answer to question {one.question} of lick {one.lick}, got two"
            )
        chosen[place] = one.choice
    return tuple(
        MarkedAnswer(
            lick, number, chosen.get((lick, number)), chosen.get((lick, number)) == one.answer,
            one.answer, one.key,
        )
        for lick, asked in questions.items()
        for number, one in enumerate(asked, 1)
    )  # fmt: skip
