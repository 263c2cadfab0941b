"""What a share link opens: one assignment, read and answered by students.

The link's secret is in the address, and the address is all that a student has: whatever it does
not open is not there, in the same words, whether the link was never made, has expired or was
revoked, or the lick is another one's.
"""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from licklab.domain.key import Key
from licklab.domain.region import Region
from licklab.engine.audio.clip import MEDIA_TYPES, ClipWishes
from licklab.errors import (
    AssignmentError,
    InputError,
    KeyNameError,
    LickLabError,
    PartError,
    ServiceError,
    TuningError,
)
from licklab.exporting.request import ExportRequest, read_request
from licklab.exporting.sheet import Sheet, make_sheet
from licklab.service.api.assignment_bodies import ANSWERS, LONGEST_PART
from licklab.service.api.context import Context, InContext
from licklab.service.api.edits import describe_body, receive_json
from licklab.service.api.problems import responses
from licklab.service.api.shared_json import MarkedOut, SharedOut, SharedSheetOut
from licklab.service.api.sound import chunks_of
from licklab.service.api.worksheets import PDF, WorksheetStyle
from licklab.service.assigned_licks import GONE
from licklab.service.found_licks import FoundLick
from licklab.service.share_links import no_such_link
from licklab.service.shared import SharedAssignment
from licklab.service.sounds import stretch_around
from licklab.service.upload import UploadTooLargeError
from licklab.service.worksheets import make_worksheet

log = logging.getLogger(__name__)

# What is said of a request itself is the student's business; everything else is not.
_TOLD = (AssignmentError, PartError, TuningError, KeyNameError, UploadTooLargeError)
# A name, and a hundred answers of three small numbers each.
_MOST_ANSWER_BYTES = 16_000


class _SharedRoute(APIRoute):
    """Lets nothing out of what goes wrong behind a link."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except _TOLD:
                raise
            except ServiceError as error:
                log.error("a share link: %s", error)  # noqa: TRY400 - the reason is in the words
                raise ServiceError("want a service that works; try again later") from None
            except LickLabError as error:
                # So are parameters that there are not, which no class of their own tells.
                if type(error) is InputError:
                    raise
                log.info("a share link opens nothing: %s: %s", type(error).__name__, error)
                raise no_such_link() from None

        return guarded


router = APIRouter(
    prefix="/shared-assignments/{token}", tags=["shared assignments"], route_class=_SharedRoute
)

_NOT_THERE = responses(HTTPStatus.NOT_FOUND)
_REFUSED = responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
_MP3: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The sound.",
        "content": {"audio/mpeg": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_Word = Annotated[str, Query(max_length=LONGEST_PART)]
_Part = Annotated[
    _Word | None,
    Query(description="An instrument or `concert`; as the assignment says if left out."),
]
_Key = Annotated[_Word | None, Query(description="One of the lick's `keys`; its own if left out.")]
_Receipt = Annotated[_Word | None, Query(description="Of answers that were sent.")]
_Speed = Annotated[int, Query(ge=50, le=100, description="In percent.")]
_Repeats = Annotated[int, Query(ge=1, le=8, description="How often, one after the other.")]
_Width = Annotated[
    float, Query(ge=60, le=600, allow_inf_nan=False, description="Of the music, in millimetres.")
]
_Staff = Annotated[
    float | None,
    Query(ge=3, le=20, allow_inf_nan=False, description="Height of a staff, in millimetres."),
]
_Prefix = Annotated[
    str,
    Query(
        pattern="^([A-Za-z][A-Za-z0-9-]{0,20})?$",
        description="Put before every id, so that several sheets have room in one document.",
    ),
]


@router.get("", summary="An assignment, through its link", responses=_REFUSED)
def get_shared(
    context: InContext, token: str, part: _Part = None, receipt: _Receipt = None
) -> SharedOut:
    """Show an assignment: its licks, what may be heard and read of each, and the questions.

    Questions name notes and chords as they are written for the part.
    """
    shared = context.teaching.shared.open(token, part, receipt)
    durations = {}
    for one in shared.licks:
        stretch = _stretch(context, one)
        durations[one.assigned.number] = None if stretch is None else _length(stretch)
    return SharedOut.from_shared(shared, durations)


@router.get(
    "/licks/{number}/clip.mp3",
    summary="A lick to listen to, slower if wanted",
    response_class=Response,
    responses={**_MP3, **_REFUSED},
)
async def get_clip(
    context: InContext,
    token: str,
    number: str,
    speed: _Speed = 100,
    key: _Key = None,
    repeat: _Repeats = 1,
) -> Response:
    """Cut the lick out of its recording; the rest of the recording is not to be had."""
    shared = await to_thread.run_sync(context.teaching.shared.open, token)
    lick = shared.lick(number)
    stretch = await to_thread.run_sync(_stretch, context, lick)
    if stretch is None:
        raise no_such_link()
    wishes = ClipWishes(speed, _semitones(lick, key), repeat)
    file = await to_thread.run_sync(
        partial(context.sounds.clip, lick.job_id, stretch, wishes, "mp3"),
        limiter=context.sound_limiter,
    )
    return StreamingResponse(
        chunks_of(file),
        media_type=MEDIA_TYPES["mp3"],
        headers={"Content-Disposition": f'inline; filename="lick-{lick.assigned.number}.mp3"'},
    )


@router.get("/licks/{number}/sheet", summary="A lick to read", responses=_REFUSED)
def get_sheet(
    context: InContext,
    token: str,
    number: str,
    part: _Part = None,
    key: _Key = None,
    receipt: _Receipt = None,
    width_mm: _Width = 190.0,
    staff_mm: _Staff = None,
    id_prefix: _Prefix = "",
) -> SharedSheetOut:
    """Draw the notes of the lick, and of nothing else, in its bars; 404 while they are hidden."""
    shared = context.teaching.shared.open(token, part, receipt)
    lick = _open_lick(shared, number)
    semitones = _semitones(lick, key)
    wanted = read_request(part=part or shared.assignment.wishes.part, doubtful=False)
    style = replace(wanted.style, screen_mm=width_mm)
    if staff_mm is not None:
        style = replace(style, staff_mm=staff_mm)
    score = replace(wanted.score, semitones=semitones)
    request = replace(wanted, score=score, style=style)
    stretch = _stretch(context, lick)
    start_sec = stretch.start_sec if stretch is not None else None
    return SharedSheetOut.from_sheet(_draw(lick, request, id_prefix), lick, start_sec or 0.0)


def _draw(lick: FoundLick, request: ExportRequest, id_prefix: str) -> Sheet:
    return make_sheet(lick.alone(), request, id_prefix, lick.note_ids)


@router.get(
    "/worksheet.pdf",
    summary="The assignment on paper",
    response_class=Response,
    responses={**PDF, **_REFUSED},
)
def get_worksheet(
    context: InContext, token: str, style: WorksheetStyle, part: _Part = None
) -> Response:
    """Give the assignment to print, without the answers."""
    shared = context.teaching.shared.open(token, part)
    content = make_worksheet(shared.assignment, shared.licks, shared.questions, style, part=part)
    name = quote(shared.assignment.wishes.title.replace("/", "-"), safe="")
    return Response(
        content,
        media_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{name}.pdf"},
    )


_EXAMPLE = {
    "student": "Ella",
    "version": "5c0e7a3f0f5d4b1c9b7a1e2d3c4b5a69",
    "answers": [{"lick": 1, "question": 1, "choice": 2}],
}


@router.post(
    "/answers",
    summary="Answer the questions",
    status_code=HTTPStatus.CREATED,
    openapi_extra=describe_body(ANSWERS, _EXAMPLE),
    responses=responses(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
async def post_answers(request: Request, context: InContext, token: str) -> MarkedOut:
    """Send answers to the teacher; they come back marked, as far as the teacher allows."""
    body = await receive_json(_short(request), ANSWERS)
    marked = await to_thread.run_sync(
        partial(
            context.teaching.shared.answer,
            token,
            body.student,
            body.read(),
            version=body.version,
            part=body.part,
            took_sec=body.took_sec,
        )
    )
    return MarkedOut.from_marked(marked)


async def _short(request: Request) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _MOST_ANSWER_BYTES:
            raise UploadTooLargeError(
                f"want a request of at most {_MOST_ANSWER_BYTES} bytes, got more"
            )
        yield chunk


def _open_lick(shared: SharedAssignment, number: str) -> FoundLick:
    lick = shared.lick(number)
    if lick.assigned.number not in shared.open_scores:
        raise no_such_link()
    return lick


def _semitones(lick: FoundLick, key: str | None) -> int:
    if key is None:
        return 0
    wanted = Key.parse(key)
    found = lick.keys().get(wanted)
    if found is None:
        raise no_such_link()
    return found


def _stretch(context: Context, lick: FoundLick) -> Region | None:
    """Give the stretch of the recording that a student hears; None where none is to be heard."""
    if not lick.assigned.has_audio:
        return None
    try:
        job = context.sounds.job(lick.job_id)
    except GONE:
        return None
    return stretch_around(lick.study.line, lick.span, job.duration_sec)


def _length(stretch: Region) -> float:
    assert stretch.start_sec is not None
    assert stretch.end_sec is not None
    return stretch.end_sec - stretch.start_sec
