"""Practice to take away: the log as JSON and as a table, and a calendar; and to bring again."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from python_multipart.multipart import parse_options_header

from licklab.domain.practice_log import PracticeLog
from licklab.formats import ical, practice_csv, practice_log
from licklab.formats.practice_csv import read_table
from licklab.formats.practice_log import read_log
from licklab.service.api.context import Context, InContext
from licklab.service.api.practice_bodies import Zone
from licklab.service.api.practice_json import BroughtOut
from licklab.service.api.problems import responses
from licklab.service.practice_calendar import write_plans
from licklab.service.upload import UploadError, UploadTooLargeError

router = APIRouter(prefix="/practice", tags=["practice"])

# As many sessions as a file may have take 35 MB.
MOST_BYTES = 50_000_000
"""Of a log that is brought."""

_READERS: Mapping[bytes, Callable[[bytes], PracticeLog]] = MappingProxyType(
    {b"application/json": read_log, b"text/csv": read_table}
)
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "description": "As `GET /practice/log.json` gives it."}
            },
            "text/csv": {
                "schema": {
                    "type": "string",
                    "description": "As `GET /practice/log.csv` gives it; a table of your own needs "
                    f"the columns {', '.join(practice_csv.NEEDED)}.",
                }
            },
        },
    }
}


@router.get("/log.json", summary="Take the log away", response_class=StreamingResponse)
def get_log(context: InContext) -> StreamingResponse:
    """Give all sessions, licks and settings as a document of schema `licklab.practice/1`."""
    parts = context.practice.transfer.take_json()
    return StreamingResponse(
        parts, media_type=practice_log.MEDIA_TYPE, headers=_download("practice.json")
    )


@router.get("/log.csv", summary="Take the log away as a table", response_class=StreamingResponse)
def get_table(context: InContext) -> StreamingResponse:
    """Give all sessions, one on each row."""
    parts = context.practice.transfer.take_table()
    return StreamingResponse(
        parts, media_type=practice_csv.MEDIA_TYPE, headers=_download("practice.csv")
    )


@router.post(
    "/log",
    summary="Bring a log",
    openapi_extra=_BODY,
    responses=responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY),
)
async def bring_log(request: Request, context: InContext) -> BroughtOut:
    """Add the sessions and licks of a log; those that are here already stay as they are."""
    media_type, _ = parse_options_header(request.headers.get("content-type", ""))
    read = _READERS.get(media_type)
    if read is None:
        got = media_type.decode("latin-1")[:80] or "no content type"
        raise UploadError(f"want a log as application/json or text/csv, got {got}")
    content = await _receive(request.stream())
    return await to_thread.run_sync(_bring, context, read, content)


@router.get(
    "/calendar.ics",
    summary="Subscribe to what is due",
    response_class=Response,
    responses={
        200: {"content": {"text/calendar": {}}},
        **responses(HTTPStatus.UNPROCESSABLE_ENTITY),
    },
)
def get_calendar(context: InContext, tz: Annotated[Zone | None, Query()] = None) -> Response:
    """Give an event for each of the next 30 days on which there is something to practise."""
    now = datetime.now(UTC)
    calendar_id, plans = context.practice.overview.plan(tz, now)
    return Response(
        write_plans(calendar_id, plans, now),
        media_type=ical.MEDIA_TYPE,
        headers=_download("practice.ics"),
    )


def _bring(context: Context, read: Callable[[bytes], PracticeLog], content: bytes) -> BroughtOut:
    report = context.practice.transfer.bring(read(content), datetime.now(UTC))
    return BroughtOut(
        sessions=report.n_sessions,
        known_sessions=report.n_known_sessions,
        licks=report.n_licks,
        known_licks=report.n_known_licks,
    )


async def _receive(chunks: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > MOST_BYTES:
            raise UploadTooLargeError(f"want a log of at most {MOST_BYTES / 1e6:.0f} MB, got more")
    return bytes(body)


def _download(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
    }
