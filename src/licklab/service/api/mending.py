"""Rhythm and harmony: look, mend, undo, redo."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from licklab.formats.analysis_json import write_analysis
from licklab.formats.transcription_json import transcription_schema
from licklab.service.api import edit_history, edits
from licklab.service.api.context import InContext
from licklab.service.api.edit_history import IfMatch, wanted_version
from licklab.service.api.problems import responses
from licklab.service.mending import MendedAnalysis

router = APIRouter(prefix="/jobs/{job_id}", tags=["rhythm and harmony"])

_MEMBERS = (
    "tempo_bpm", "tempo_curve", "time_signature", "swing_ratio", "swing", "chorus_swing", "beats",
    "chords", "bass_notes", "key", "key_confidence", "key_alternative", "local_keys", "form",
)  # fmt: skip


_ANSWER: dict[int | str, dict[str, Any]] = edit_history.describe_answer(
    "Rhythm and harmony as they are mended.",
    {
        "heard": {
            "type": "object",
            "description": "The part of the recording that was heard.",
            "properties": {"start_sec": {"type": "number"}, "end_sec": {"type": "number"}},
        },
        **{name: transcription_schema()["properties"][name] for name in _MEMBERS},
    },
)
_CHANGE: dict[str, Any] = {
    "response_class": Response,
    "responses": {**_ANSWER, **edit_history.CHANGE_PROBLEMS},
}


@router.get(
    "/analysis",
    summary="Rhythm and harmony",
    response_class=Response,
    responses={**_ANSWER, **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)},
)
def get_analysis(context: InContext, job_id: uuid.UUID) -> Response:
    """Give beats, chords, key and form as they are mended, and the edits that made them so."""
    return _answer(context.mending.look(job_id))


@router.put(
    "/grid",
    summary="Mend beats and bars",
    openapi_extra=edits.describe_body(edits.GRID, {"version": 3, "op": "double"}),
    **_CHANGE,
)
async def put_grid(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: IfMatch = None
) -> Response:
    """Say the tempo, the downbeat, the time signature, or where beats are; chords follow.

    Nothing is listened to again. The edit can be undone, and is kept when the recording is
    transcribed again.
    """
    body = await edits.receive_json(request.stream(), edits.GRID)
    return await _edit(context.mending.edit, job_id, body, if_match)


@router.put(
    "/chords",
    summary="Mend the chords",
    openapi_extra=edits.describe_body(edits.CHORDS, {"text": "| Dm7 G7 | Cmaj7 | % |"}),
    **_CHANGE,
)
async def put_chords(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: IfMatch = None
) -> Response:
    """Give a chart, which is laid over the recording, or the chords one by one.

    Where a chart begins, how often it is played and in which key is found; `fit` says how well it
    agrees with what was heard.
    """
    body = await edits.receive_json(request.stream(), edits.CHORDS)
    return await _edit(context.mending.edit, job_id, body, if_match)


@router.put(
    "/key",
    summary="Mend the key",
    openapi_extra=edits.describe_body(edits.KEY, {"key": "Bb:major"}),
    **_CHANGE,
)
async def put_key(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: IfMatch = None
) -> Response:
    """Say the key of the whole."""
    body = await edits.receive_json(request.stream(), edits.KEY)
    return await _edit(context.mending.edit, job_id, body, if_match)


@router.post(
    "/undo",
    summary="Undo the last edit",
    openapi_extra=edits.describe_body(edits.VERSION, {}),
    **_CHANGE,
)
async def undo(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: IfMatch = None
) -> Response:
    """Take the last edit of rhythm, harmony or notes back; another undo takes the one before it.

    Of an edit of notes, get the notes anew.
    """
    body = await edits.receive_json(request.stream(), edits.VERSION)
    version = wanted_version(body, if_match)
    return _answer(await to_thread.run_sync(context.mending.undo, job_id, version))


@router.post(
    "/redo",
    summary="Redo an edit",
    openapi_extra=edits.describe_body(edits.VERSION, {}),
    **_CHANGE,
)
async def redo(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: IfMatch = None
) -> Response:
    """Make the edit again that was undone last; a new edit ends that."""
    body = await edits.receive_json(request.stream(), edits.VERSION)
    version = wanted_version(body, if_match)
    return _answer(await to_thread.run_sync(context.mending.redo, job_id, version))


async def _edit(
    make: Callable[..., MendedAnalysis],
    job_id: uuid.UUID,
    body: edits.VersionIn,
    if_match: str | None,
) -> Response:
    def work() -> Response:
        assert isinstance(body, edits.Editing)
        return _answer(make(job_id, body.edit(), wanted_version(body, if_match)))

    return await to_thread.run_sync(work)


def _answer(mended: MendedAnalysis) -> Response:
    stored = mended.stored
    members = {
        "heard": {"start_sec": stored.heard_from_sec, "end_sec": stored.heard_to_sec},
        **write_analysis(stored.analysis),
    }
    return edit_history.answer(mended.version, members, mended.edits)
