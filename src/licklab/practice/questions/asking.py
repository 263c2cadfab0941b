"""From an analyzed lick to questions about it.

In: a line, its analysis and the span of a lick. Out: multiple-choice questions, the most telling
first, each with the sentence that answers it. They follow from the analysis alone and are the same
for the same seed; no wrong choice is true of the lick.
"""

import random
from collections.abc import Callable, Iterator
from itertools import islice

from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.practice.questions.asking_view import AskingView
from licklab.practice.questions.degree_questions import (
    ask_downbeats,
    ask_highest_note,
    ask_last_note,
)
from licklab.practice.questions.device_questions import ask_device
from licklab.practice.questions.harmony_questions import ask_cadence, ask_resolution
from licklab.practice.questions.note_questions import (
    ask_beginning,
    ask_enclosure,
    ask_guide_tone,
)
from licklab.practice.questions.places import name_places
from licklab.practice.questions.question import Question
from licklab.theory.span_view import SpanView

MOST_QUESTIONS = 5
"""About a lick, unless somebody wants more: what is heard in one sitting."""

_SUBJECTS: tuple[Callable[[AskingView], Iterator[Question]], ...] = (
    ask_cadence, ask_resolution, ask_device, ask_last_note, ask_enclosure, ask_downbeats,
    ask_guide_tone, ask_highest_note, ask_beginning,
)  # fmt: skip


def ask_questions(
    line: SoloLine,
    analysis: LineAnalysis,
    span: NoteSpan,
    *,
    seed: int = 0,
    written: SoloLine | None = None,
    most: int = MOST_QUESTIONS,
) -> tuple[Question, ...]:
    """Ask about a lick.

    Parameters
    ----------
    line : SoloLine
        The solo, as it is written for who is asked; see `licklab.practice.part_lines`.
    analysis : LineAnalysis
        Of this line.
    span : NoteSpan
        The lick.
    seed : int
        Of the wrong choices and of their order.
    written : SoloLine, optional
        The notes of the lick where the page has them: nothing is asked about the place of a note
        that is written elsewhere.
    most : int
        Questions.

    Returns
    -------
    tuple of Question
        One of each kind, so far as the lick gives any; none where nothing is known of it.
    """
    view = AskingView(
        SpanView(line, analysis, span),
        name_places(line, span, written),
        random.Random(seed),  # noqa: S311 - choices, not secrets
    )
    found = [question for ask in _SUBJECTS for question in islice(ask(view), 1)]
    return tuple(found[:most])
