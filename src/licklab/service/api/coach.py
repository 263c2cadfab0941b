"""The coach: what happens in a lick, why it works, what to practise, what to listen for."""

import uuid
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from licklab.formats.coach_json import coach_schema
from licklab.service.api.coach_json import (
    COACH,
    CoachIn,
    coach_to_json,
    describe_coach,
    rephrasing_to_json,
)
from licklab.service.api.context import InContext
from licklab.service.api.edits import describe_body, receive_json
from licklab.service.api.lick_json import json_response
from licklab.service.api.problems import responses

router = APIRouter(tags=["coach"])

_REFUSED = responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)


@router.get(
    "/licks/{lick_id}/coach",
    summary="What a coach says of a lick",
    response_class=Response,
    responses={**describe_coach(with_model=False), **_REFUSED},
)
def get_coach(
    context: InContext, lick_id: uuid.UUID, wish: Annotated[CoachIn, Query()]
) -> Response:
    """Explain a lick by rules over its analysis: every sentence names its notes and bars."""
    said = context.coaching.say(lick_id, wish.level, wish.instrument)
    return json_response({**coach_to_json(said), "can_rephrase": context.coaching.has_model})


@router.post(
    "/licks/{lick_id}/coach",
    summary="What a coach says, in other words",
    openapi_extra=describe_body(COACH, {"level": "beginner", "instrument": "tenor sax"}),
    response_class=Response,
    responses={
        **describe_coach(with_model=True),
        **_REFUSED,
        **responses(HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    },
)
async def post_coach(request: Request, context: InContext, lick_id: uuid.UUID) -> Response:
    """Have the language model that is set say the sentences in other words.

    Its words are shown sentence by sentence where they name the same notes, chords, bars, numbers
    and people; the others stay as they are, with the reason. 409 where no model is set. What was
    answered is kept: the same question is not asked twice.
    """
    wish = await receive_json(request.stream(), COACH)
    said = await context.coaching.say_in_other_words(lick_id, wish.level, wish.instrument)
    return json_response(rephrasing_to_json(said))


@router.get("/schemas/coach-1.json", summary="The schema of what a coach says", tags=["files"])
def get_coach_schema() -> dict[str, Any]:
    """Give the JSON Schema of `licklab.coach/1`."""
    return coach_schema()
