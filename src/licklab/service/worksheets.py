"""From an assignment to a sheet that is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from licklab.domain.key import Key
from licklab.engraving.heading import heading_of
from licklab.engraving.style import PageStyle
from licklab.engraving.worksheet import (
    Worksheet,
    WorksheetLick,
    WorksheetQuestion,
    write_worksheet,
)
from licklab.exporting.request import ExportRequest, choose_tuning
from licklab.notation.arrange import ScoreOptions, arrange
from licklab.practice.questions.question import Question
from licklab.service.assignment_rows import Assignment
from licklab.service.assignment_tables import ScoreShown
from licklab.service.found_licks import FoundLick


def make_worksheet(
    assignment: Assignment,
    licks: Sequence[FoundLick],
    questions: Mapping[int, tuple[Question, ...]],
    style: PageStyle,
    *,
    part: str | None = None,
    with_answers: bool = False,
) -> bytes:
    """Print an assignment.

    Parameters
    ----------
    assignment : Assignment
        Which.
    licks : sequence of FoundLick
        Of it.
    questions : mapping of int to tuple of Question
        By the number of the lick, in the names of the part.
    style : PageStyle
        How the page looks.
    part : str, optional
        For whom; as the assignment says if omitted.
    with_answers : bool
        Whether the answers follow, on pages of their own.

    Returns
    -------
    bytes
        PDF. Of a lick whose notation students do not see at first the notes are left out.

    Raises
    ------
    InputError
        If it cannot be written so.
    EngravingError
        If it cannot be drawn.
    """
    wishes = assignment.wishes
    sheet = Worksheet(
        wishes.title,
        wishes.text,
        tuple(_lick(one, questions[one.assigned.number], part or wishes.part) for one in licks),
    )
    return write_worksheet(sheet, style, with_answers=with_answers)


def _lick(one: FoundLick, questions: Sequence[Question], part: str | None) -> WorksheetLick:
    alone, is_blank = one.alone(), one.assigned.score is not ScoreShown.SHOWN
    options = ScoreOptions(part=part, around=one.note_ids, marks_doubt=False)
    tuning = None if is_blank else choose_tuning(ExportRequest(options), alone)
    score = arrange(alone, replace(options, tuning=tuning))
    facts = [word for word in (score.part.name, heading_of(score).tempo) if word]
    if one.assigned.keys:
        facts.append(f"also in {', '.join(map(_name, one.assigned.keys))}")
    # What divides a page by form is of the solo, not of the lick.
    bars = tuple(replace(bar, section="", chorus=None) for bar in score.bars)
    return WorksheetLick(
        one.assigned.number,
        one.title,
        tuple(facts),
        replace(score, bars=bars),
        is_blank,
        tuple(
            WorksheetQuestion(
                question.text,
                tuple(choice.text for choice in question.choices),
                question.answer,
                question.key.text,
            )
            for question in questions
        ),
    )


def _name(key: Key) -> str:
    return f"{key.tonic} {key.mode}"
