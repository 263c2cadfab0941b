"""The coach as the API gives it: a document of the schema, and what became of other words."""

import copy
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from licklab.domain.coaching import CoachLevel
from licklab.domain.instrument import find_instrument
from licklab.errors import UnknownInstrumentError
from licklab.formats.coach_json import coach_schema, write_coach
from licklab.service.coaching import CoachedLick, Rephrasing

_LANGUAGE_MODEL = {
    "type": "object",
    "required": ["rephrased", "sentences", "refused", "problem", "is_kept"],
    "properties": {
        "rephrased": {"type": "integer", "description": "Sentences in other words."},
        "sentences": {"type": "integer", "description": "All of them."},
        "refused": {
            "type": "array",
            "description": "Those that stay as the rules have them.",
            "items": {
                "type": "object",
                "required": ["id", "reason"],
                "properties": {"id": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
        "problem": {
            "type": ["string", "null"],
            "description": "Why there are no other words at all.",
        },
        "is_kept": {
            "type": "boolean",
            "description": "Whether the words were answered before, and nobody was asked.",
        },
    },
}
_CAN_REPHRASE = {
    "type": "boolean",
    "description": "Whether a language model is set, that may say it in other words.",
}


class CoachIn(BaseModel):
    """For whom a lick is explained."""

    model_config = ConfigDict(extra="forbid")

    level: CoachLevel = CoachLevel.INTERMEDIATE
    instrument: str | None = Field(
        None,
        max_length=80,
        description="That it is to be practised on; that of the recording if left out.",
        examples=["tenor sax"],
    )

    @field_validator("instrument")
    @classmethod
    def _be_known(cls, value: str | None) -> str | None:
        try:
            return None if value is None else find_instrument(value).id
        except UnknownInstrumentError as error:
            raise ValueError(str(error)) from error


COACH: TypeAdapter[CoachIn] = TypeAdapter(CoachIn)
"""The body of a request for other words."""


def describe_coach(*, with_model: bool) -> dict[int | str, dict[str, Any]]:
    """Describe what a coach says for the API's document.

    Parameters
    ----------
    with_model : bool
        Whether a language model was asked.

    Returns
    -------
    dict
        For FastAPI's `responses`.
    """
    schema = copy.deepcopy(coach_schema())
    name = "language_model" if with_model else "can_rephrase"
    schema["properties"][name] = _LANGUAGE_MODEL if with_model else _CAN_REPHRASE
    schema["required"] = [*schema["required"], name]
    about = "A document of schema `licklab.coach/1`."
    return {200: {"description": about, "content": {"application/json": {"schema": schema}}}}


def coach_to_json(said: CoachedLick) -> dict[str, Any]:
    """Show what a coach says.

    Parameters
    ----------
    said : CoachedLick
        What it says.

    Returns
    -------
    dict
        A document of schema `licklab.coach/1`.
    """
    return write_coach(said.study.line, said.span, said.text)


def rephrasing_to_json(one: Rephrasing) -> dict[str, Any]:
    """Show what a coach says in other words.

    Parameters
    ----------
    one : Rephrasing
        What it says, and what was refused.

    Returns
    -------
    dict
        A document of schema `licklab.coach/1`, and more.
    """
    sentences = one.lick.text.sentences
    return {
        **coach_to_json(one.lick),
        "language_model": {
            "rephrased": sum(each.rephrased is not None for each in sentences),
            "sentences": len(sentences),
            "refused": [{"id": id_, "reason": reason} for id_, reason in one.refused.items()],
            "problem": one.problem,
            "is_kept": one.is_kept,
        },
    }
