"""Practice: the log, the schedule, today's list, progress; files and a calendar to take away."""

import uuid
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from licklab.domain.key import Key
from licklab.practice.heat_map import BANDS
from licklab.service.api.context import InContext
from licklab.service.api.edits import Text, describe_body, receive_json
from licklab.service.api.practice_bodies import SCHEDULE, SESSION, SETTINGS, Zone
from licklab.service.api.practice_json import (
    PractisedLickOut,
    SessionList,
    SessionOut,
    SettingsOut,
)
from licklab.service.api.practice_views_json import (
    LickProgressOut,
    ProgressOut,
    TodayOut,
    progress_out,
)
from licklab.service.api.problems import responses
from licklab.service.practice_wishes import WantedSessions

router = APIRouter(prefix="/practice", tags=["practice"])

_MOST_A_PAGE = 200
_EXAMPLE_ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
_Zone = Annotated[Zone | None, Query()]
_Cursor = Annotated[str | None, Query()]
_Limit = Annotated[int, Query(ge=1, le=_MOST_A_PAGE)]
_NOT_FOUND = responses(HTTPStatus.NOT_FOUND)
_INVALID = responses(HTTPStatus.UNPROCESSABLE_ENTITY)
_REFUSED = responses(
    HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY
)


@router.get("/today", summary="What to practise today", responses=_INVALID)
def get_today(context: InContext, tz: _Zone = None, limit: _Limit = 100) -> TodayOut:
    """List the keys that are due, those that have waited longest first, then the day's new ones."""
    return TodayOut.from_list(context.practice.overview.today(tz, _now(), limit))


@router.get("/progress", summary="How far it has come", responses=_INVALID)
def get_progress(
    context: InContext,
    tz: _Zone = None,
    lick_id: uuid.UUID | None = None,
    cursor: _Cursor = None,
    limit: _Limit = 50,
) -> ProgressOut:
    """Show days of practice, and for each lick keys by tempos, in the order in which they came.

    Of a lick that is not practised there is nothing, and no error.
    """
    found = context.practice.overview.progress(tz, _now(), cursor, limit, lick_id)
    return progress_out(found, BANDS)


@router.post(
    "/licks",
    summary="Put a lick on the schedule",
    openapi_extra=describe_body(SCHEDULE, {"lick_id": _EXAMPLE_ID, "order": "fourths"}),
    responses=_REFUSED,
)
async def put_on_schedule(request: Request, context: InContext) -> PractisedLickOut:
    """Learn a lick in some keys, or change in which: all twelve in fourths unless told otherwise.

    Sessions that were logged before count.
    """
    body = await receive_json(request.stream(), SCHEDULE)
    lick = await to_thread.run_sync(
        context.practice.practising.schedule, body.lick_id, body.wish(), _now()
    )
    return PractisedLickOut.from_lick(lick, is_there=True)


@router.get(
    "/licks/{lick_id}",
    summary="How far a lick has come",
    responses=_NOT_FOUND,
)
def get_practised_lick(context: InContext, lick_id: uuid.UUID) -> LickProgressOut:
    """Show a lick that is practised: its keys by tempos, and when each comes back."""
    return LickProgressOut.from_progress(context.practice.overview.lick(lick_id))


@router.delete(
    "/licks/{lick_id}",
    summary="Take a lick off the schedule",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def take_off_schedule(context: InContext, lick_id: uuid.UUID) -> Response:
    """Ask for a lick no longer; what was practised stays in the log."""
    context.practice.practising.unschedule(lick_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/sessions",
    summary="Log a session",
    status_code=HTTPStatus.CREATED,
    openapi_extra=describe_body(
        SESSION,
        {"lick_id": _EXAMPLE_ID, "key": "Bb", "tempo_bpm": 112, "is_clean": True, "passes": 3},
    ),
    responses=_REFUSED,
)
async def log_session(request: Request, context: InContext) -> SessionOut:
    """Say what was played: a lick, in a key, at a tempo, cleanly or not."""
    body = await receive_json(request.stream(), SESSION)
    played = await to_thread.run_sync(context.practice.practising.record, body.session(), _now())
    return SessionOut.from_session(played)


@router.get("/sessions", summary="List sessions", responses=_INVALID)
def list_sessions(
    context: InContext,
    lick_id: uuid.UUID | None = None,
    key: Annotated[Text | None, Query(max_length=20, examples=["Bb:major"])] = None,
    from_day: date | None = None,
    to_day: date | None = None,
    cursor: _Cursor = None,
    limit: _Limit = 50,
) -> SessionList:
    """List what was played, the latest first."""
    wanted = WantedSessions(lick_id, None if key is None else Key.parse(key), from_day, to_day)
    return SessionList.from_page(context.practice.practising.sessions(wanted, cursor, limit))


@router.delete(
    "/sessions/{session_id}",
    summary="Delete a session",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def delete_session(context: InContext, session_id: uuid.UUID) -> Response:
    """Remove a session, as if it had never been logged: the schedule follows from the others."""
    context.practice.practising.forget(session_id, _now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/settings", summary="How much to practise")
def get_settings(context: InContext) -> SettingsOut:
    """Show the time zone, how many keys are begun on a day, and in which order."""
    return SettingsOut.from_settings(context.practice.practising.settings())


@router.patch(
    "/settings",
    summary="Change how much to practise",
    openapi_extra=describe_body(SETTINGS, {"time_zone": "Europe/Vienna", "new_keys_a_day": 1}),
    responses=_REFUSED,
)
async def patch_settings(request: Request, context: InContext) -> SettingsOut:
    """Change the settings; what is left out stays."""
    body = await receive_json(request.stream(), SETTINGS)
    changed = body.model_dump(exclude_none=True)
    settings = await to_thread.run_sync(
        lambda: context.practice.practising.change_settings(**changed)
    )
    return SettingsOut.from_settings(settings)


def _now() -> datetime:
    return datetime.now(UTC)
