"""Licks with questions on paper: what a teacher hands out, with the answers on other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from licklab.domain.score import Score
from licklab.engraving.blank import draw_blank_lines
from licklab.engraving.heading import plain_words
from licklab.engraving.style import PageStyle
from licklab.engraving.systems import draw_lines
from licklab.engraving.typesetting import lay_out

_FOOT = "Jazz Lick Lab"
# Of a text that stands over the licks, a page at most.
_MOST_LETTERS = 5_000


@dataclass(frozen=True, slots=True)
class WorksheetQuestion:
    """A question with its choices.

    Attributes
    ----------
    text : str
        As it is asked.
    choices : tuple of str
        Each gets a box.
    answer : int
        Index of the right one.
    key : str
        Why it is right.
    """

    text: str
    choices: tuple[str, ...]
    answer: int
    key: str


@dataclass(frozen=True, slots=True)
class WorksheetLick:
    """A lick on a sheet.

    Attributes
    ----------
    number : int
        In the assignment.
    title : str
        Of the lick.
    facts : tuple of str
        What stands beside the title, such as the tempo.
    score : Score
        Its bars; with tablature for who reads it.
    is_blank : bool
        Whether the notes are left out, for the student to write.
    questions : tuple of WorksheetQuestion
        About it.
    """

    number: int
    title: str
    facts: tuple[str, ...]
    score: Score
    is_blank: bool
    questions: tuple[WorksheetQuestion, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A sheet.

    Attributes
    ----------
    title, text : str
        What stands at its head.
    licks : tuple of WorksheetLick
        In order.
    """

    title: str
    text: str
    licks: tuple[WorksheetLick, ...]


def write_worksheet(
    sheet: Worksheet, style: PageStyle | None = None, *, with_answers: bool = False
) -> bytes:
    """Write a sheet as PDF.

    Parameters
    ----------
    sheet : Worksheet
        To write.
    style : PageStyle, optional
        How the page looks.
    with_answers : bool
        Whether the answers follow, from a new page on, with the notes that were left out.

    Returns
    -------
    bytes
        The file, with its fonts embedded; equal sheets give equal bytes.

    Raises
    ------
    EngravingError
        If it cannot be drawn.
    """
    wanted = style or PageStyle()

    def fill(folder: Path) -> dict[str, Any]:
        paragraphs = sheet.text[:_MOST_LETTERS].splitlines()
        return {
            "title": plain_words(sheet.title),
            "paragraphs": [plain_words(one, _MOST_LETTERS) for one in paragraphs if one.strip()],
            "licks": [
                _write_lick(folder, one, wanted, with_answers=with_answers) for one in sheet.licks
            ],
            "with_answers": with_answers,
            "foot": _FOOT,
        }

    return lay_out(resources.files("licklab.engraving").joinpath("worksheet.typ"), wanted, fill)


def _write_lick(
    folder: Path, one: WorksheetLick, style: PageStyle, *, with_answers: bool
) -> dict[str, Any]:
    draw = draw_blank_lines if one.is_blank else draw_lines
    solved = draw_lines(one.score, style) if one.is_blank and with_answers else ()
    return {
        "number": one.number,
        "title": plain_words(one.title),
        "facts": [plain_words(fact) for fact in one.facts],
        "lines": _write_lines(folder, f"lick-{one.number}", draw(one.score, style)),
        "solved": _write_lines(folder, f"solved-{one.number}", solved),
        "questions": [
            {
                "text": plain_words(question.text),
                "choices": [plain_words(choice) for choice in question.choices],
                # What is not asked for is not in the file.
                "answer": question.answer if with_answers else None,
                "key": plain_words(question.key, _MOST_LETTERS) if with_answers else "",
            }
            for question in one.questions
        ],
    }


def _write_lines(folder: Path, name: str, drawings: Sequence[bytes]) -> list[str]:
    names = [f"{name}-{at}.svg" for at in range(len(drawings))]
    for file, drawing in zip(names, drawings, strict=True):
        (folder / file).write_bytes(drawing)
    return names
