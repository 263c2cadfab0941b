"""Licks: look, choose, name, trim, delete, understand, find elsewhere."""

import uuid
from http import HTTPStatus
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from licklab.formats.lick_json import licks_schema
from licklab.formats.line_analysis_json import analysis_schema
from licklab.service.api.context import InContext
from licklab.service.api.edits import describe_body, receive_json
from licklab.service.api.lick_json import (
    describe_analysis,
    describe_lick,
    describe_licks,
    json_response,
    lick_to_json,
    licks_to_json,
)
from licklab.service.api.problems import responses
from licklab.service.api.selections import CHANGE, CHOOSE, read_selection
from licklab.service.licks import describe

router = APIRouter(tags=["licks"])

_Bar = Annotated[int | None, Query(ge=-100_000, le=100_000)]
_Time = Annotated[float | None, Query(ge=0, allow_inf_nan=False)]
_NOT_FOUND = responses(HTTPStatus.NOT_FOUND)
_NOT_READY = responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
_REFUSED = responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY)


@router.get(
    "/jobs/{job_id}/licks",
    summary="The licks of a solo",
    response_class=Response,
    responses={**describe_licks(), **_NOT_READY},
)
def get_licks(context: InContext, job_id: uuid.UUID) -> Response:
    """Give the licks that were found, the best first, and those that were chosen.

    They are found in the notes, beats and changes as they are mended now. A lick that is found
    again after an edit keeps its id and its name.
    """
    return json_response(licks_to_json(context.licks.list(job_id)))


@router.post(
    "/jobs/{job_id}/licks",
    summary="Choose a lick",
    status_code=HTTPStatus.CREATED,
    openapi_extra=describe_body(CHOOSE, {"name": "My turnaround", "first_bar": 11, "last_bar": 12}),
    response_class=Response,
    responses={
        **describe_lick(HTTPStatus.CREATED, "The lick that was made."),
        **_NOT_READY,
        **_REFUSED,
    },
)
async def choose_lick(request: Request, context: InContext, job_id: uuid.UUID) -> Response:
    """Make a lick of the notes that begin in a stretch of time, or of those of some bars."""
    body = await receive_json(request.stream(), CHOOSE)
    made = await to_thread.run_sync(context.licks.choose, job_id, body.chosen(), body.name)
    return json_response(lick_to_json(*made), HTTPStatus.CREATED)


@router.get(
    "/jobs/{job_id}/line-analysis",
    summary="What a stretch of a solo does",
    response_class=Response,
    responses={**describe_analysis(), **_NOT_READY, **_REFUSED},
)
def get_line_analysis(
    context: InContext,
    job_id: uuid.UUID,
    first_bar: _Bar = None,
    last_bar: _Bar = None,
    from_sec: _Time = None,
    to_sec: _Time = None,
) -> Response:
    """Explain any stretch of a solo, or all of it: every statement names its notes and bars."""
    selection = read_selection(from_sec, to_sec, first_bar, last_bar)
    return json_response(describe(*context.licks.select(job_id, selection)))


@router.get(
    "/licks/{lick_id}",
    summary="Look at a lick",
    response_class=Response,
    responses={**describe_lick(), **_NOT_FOUND},
)
def get_lick(context: InContext, lick_id: uuid.UUID) -> Response:
    """Show a lick as it is now."""
    return json_response(lick_to_json(*context.licks.get(lick_id)))


@router.patch(
    "/licks/{lick_id}",
    summary="Name or trim a lick",
    openapi_extra=describe_body(CHANGE, {"name": "My turnaround"}),
    response_class=Response,
    responses={**describe_lick(), **_NOT_FOUND, **_REFUSED},
)
async def patch_lick(request: Request, context: InContext, lick_id: uuid.UUID) -> Response:
    """Give a lick a name, or other bounds. A found one with other bounds is a chosen one."""
    body = await receive_json(request.stream(), CHANGE)
    changed = await to_thread.run_sync(context.licks.change, lick_id, body.change())
    return json_response(lick_to_json(*changed))


@router.delete(
    "/licks/{lick_id}",
    summary="Delete a lick",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def delete_lick(context: InContext, lick_id: uuid.UUID) -> Response:
    """Remove a lick, and the attempts at it. One that was found does not come back."""
    context.licks.delete(lick_id)
    context.attempts.delete_of_lick(lick_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get(
    "/licks/{lick_id}/analysis",
    summary="What a lick does",
    response_class=Response,
    responses={
        **describe_analysis(),
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    },
)
def get_lick_analysis(context: InContext, lick_id: uuid.UUID) -> Response:
    """Explain a lick: what each note does, figures, cadences, scales, and sentences about them."""
    _, study, span = context.licks.locate(lick_id)
    return json_response(describe(study, span))


@router.get("/schemas/licks-1.json", summary="The schema of licks", tags=["files"])
def get_licks_schema() -> dict[str, Any]:
    """Give the JSON Schema of `licklab.licks/1`."""
    return licks_schema()


@router.get("/schemas/analysis-1.json", summary="The schema of analyses", tags=["files"])
def get_analysis_schema() -> dict[str, Any]:
    """Give the JSON Schema of `licklab.analysis/1`."""
    return analysis_schema()
