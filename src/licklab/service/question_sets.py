"""The questions of an assignment as they are kept beside answers."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from licklab.practice.questions.question import Question
from licklab.service.found_licks import FoundLick


def write_questions(
    licks: Sequence[FoundLick], questions: Mapping[int, tuple[Question, ...]]
) -> list[dict[str, Any]]:
    """Write questions with their right answers, to be read beside what students answered.

    Parameters
    ----------
    licks : sequence of FoundLick
        Of an assignment.
    questions : mapping of int to tuple of Question
        By the number of the lick.

    Returns
    -------
    list of dict
        For each lick its number, title and questions.
    """
    return [
        {
            "number": one.assigned.number,
            "title": one.title,
            "questions": [
                {
                    "kind": question.kind.value,
                    "text": question.text,
                    "choices": [choice.text for choice in question.choices],
                    "right": question.answer,
                }
                for question in questions[one.assigned.number]
            ],
        }
        for one in licks
    ]


def version_of(written: Sequence[dict[str, Any]]) -> str:
    """Name a set of questions.

    Parameters
    ----------
    written : sequence of dict
        By `write_questions`.

    Returns
    -------
    str
        The same for the same questions and choices; it tells nothing about which are right.
    """
    asked = [
        [lick["number"], [[one["text"], one["choices"]] for one in lick["questions"]]]
        for lick in written
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]
