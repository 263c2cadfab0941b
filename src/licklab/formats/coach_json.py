"""What a coach says, as JSON of schema `licklab.coach/1`.

The schema (`schemas/coach-1.json`) is frozen: members may be added, never changed or removed. Every
sentence names the notes and bars that bear it out.
"""

import json
from importlib import resources
from typing import Any

from licklab.domain.coaching import (
    SUBJECT_TITLES,
    CoachMatch,
    CoachSentence,
    CoachSubject,
    CoachText,
)
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.formats.line_analysis_json import write_span
from licklab.formats.note_json import TIME_DIGITS

SCHEMA = "licklab.coach/1"
_DIGITS = 4


def coach_schema() -> dict[str, Any]:
    """Give the JSON Schema of what a coach says.

    Returns
    -------
    dict
        Of draft 2020-12.
    """
    text = resources.files("licklab.formats").joinpath("schemas/coach-1.json").read_text()
    schema: dict[str, Any] = json.loads(text)
    return schema


def write_coach(line: SoloLine, span: NoteSpan, text: CoachText) -> dict[str, Any]:
    """Write what a coach says of a lick.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        The lick.
    text : CoachText
        About it.

    Returns
    -------
    dict
        A document of schema `licklab.coach/1`.
    """
    return {
        "schema": SCHEMA,
        "level": text.level.value,
        "instrument": text.instrument,
        **write_span(line, span),
        "sections": [
            {
                "subject": subject.value,
                "title": SUBJECT_TITLES[subject],
                "sentences": [_sentence(one) for one in text.about(subject)],
            }
            for subject in CoachSubject
        ],
    }


def _sentence(one: CoachSentence) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "text": one.shown,
        "rule_text": one.text,
        "is_rephrased": one.rephrased is not None,
        "note_ids": list(one.note_ids),
        "bars": list(one.bars),
        "from_sec": None if one.from_sec is None else round(one.from_sec, TIME_DIGITS),
        "to_sec": None if one.to_sec is None else round(one.to_sec, TIME_DIGITS),
        "is_guess": one.is_guess,
        "match": None if one.match is None else _match(one.match),
    }


def _match(one: CoachMatch) -> dict[str, Any]:
    return {
        "performer": one.performer,
        "title": one.title,
        "bars": list(one.bars),
        "similarity": round(one.similarity, _DIGITS),
        "solo_id": one.solo_id,
    }
