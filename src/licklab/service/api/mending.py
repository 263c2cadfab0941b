"""Rhythm and harmony: look, mend, undo, redo."""

import json
import re
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Header, Request, Response

from licklab.errors import InputError
from licklab.formats.analysis_json import write_analysis
from licklab.formats.transcription_json import transcription_schema
from licklab.service.api import edits
from licklab.service.api.context import InContext
from licklab.service.api.problems import responses
from licklab.service.edit_rows import EditRecord
from licklab.service.mending import MendedAnalysis

router = APIRouter(prefix="/jobs/{job_id}", tags=["rhythm and harmony"])

_MEMBERS = (
    "tempo_bpm", "tempo_curve", "time_signature", "swing_ratio", "swing", "chorus_swing", "beats",
    "chords", "bass_notes", "key", "key_confidence", "key_alternative", "local_keys", "form",
)  # fmt: skip


def _analysis_schema() -> dict[str, Any]:
    members = transcription_schema()["properties"]
    edit = {
        "version": {"type": "integer", "description": "Of the analysis that it made."},
        "kind": {"enum": ["grid", "chords", "key"]},
        "edit": {
            "type": "object",
            "description": "As it was said; of a long one `op`, the beginning of its `text`, and "
            "`truncated`.",
        },
        "fit": {
            "type": ["object", "null"],
            "description": "How a chart lies over the recording: `fit` from 0 to 1, "
            "`transposition_semitones`, `start_beat`, `n_choruses`.",
        },
        "created_at": {"type": "string", "format": "date-time"},
        "undone": {"type": "boolean", "description": "Whether it can be made again."},
    }
    return {
        "type": "object",
        "properties": {
            "version": {"type": "integer", "description": "Grows with every change."},
            "heard": {
                "type": "object",
                "description": "The part of the recording that was heard.",
                "properties": {"start_sec": {"type": "number"}, "end_sec": {"type": "number"}},
            },
            **{name: members[name] for name in _MEMBERS},
            "edits": {
                "type": "array",
                "description": "The oldest first; those that were undone come last.",
                "items": {"type": "object", "properties": edit},
            },
        },
    }


_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Rhythm and harmony as they are mended.",
        "content": {"application/json": {"schema": _analysis_schema()}},
        "headers": {"ETag": {"description": "The version.", "schema": {"type": "string"}}},
    }
}
_CHANGE: dict[str, Any] = {
    "response_class": Response,
    "responses": {
        **_ANSWER,
        **responses(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
        ),
    },
}
_IfMatch = Annotated[
    str | None, Header(description="The version, as an ETag; the same as `version` in the body.")
]


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
    request: Request, context: InContext, job_id: uuid.UUID, if_match: _IfMatch = None
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
    request: Request, context: InContext, job_id: uuid.UUID, if_match: _IfMatch = None
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
    request: Request, context: InContext, job_id: uuid.UUID, if_match: _IfMatch = None
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
    request: Request, context: InContext, job_id: uuid.UUID, if_match: _IfMatch = None
) -> Response:
    """Take the last edit of rhythm and harmony back; another undo takes the one before it."""
    body = await edits.receive_json(request.stream(), edits.VERSION)
    version = _version(body, if_match)
    return _answer(await to_thread.run_sync(context.mending.undo, job_id, version))


@router.post(
    "/redo",
    summary="Redo an edit",
    openapi_extra=edits.describe_body(edits.VERSION, {}),
    **_CHANGE,
)
async def redo(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: _IfMatch = None
) -> Response:
    """Make the edit again that was undone last; a new edit ends that."""
    body = await edits.receive_json(request.stream(), edits.VERSION)
    version = _version(body, if_match)
    return _answer(await to_thread.run_sync(context.mending.redo, job_id, version))


async def _edit(
    make: Callable[..., MendedAnalysis],
    job_id: uuid.UUID,
    body: edits.VersionIn,
    if_match: str | None,
) -> Response:
    def work() -> Response:
        assert isinstance(body, edits.Editing)
        return _answer(make(job_id, body.edit(), _version(body, if_match)))

    return await to_thread.run_sync(work)


def _version(body: edits.VersionIn, if_match: str | None) -> int | None:
    if body.version is not None or if_match is None or if_match.strip() == "*":
        return body.version
    found = re.fullmatch(r'\s*"(\d{1,9})"\s*', if_match)
    if found is None:
        raise InputError(f'want a version such as "3" in If-Match, got {if_match[:80]!r}')
    return int(found[1])


def _answer(mended: MendedAnalysis) -> Response:
    stored = mended.stored
    document = {
        "version": mended.version,
        "heard": {"start_sec": stored.heard_from_sec, "end_sec": stored.heard_to_sec},
        **write_analysis(stored.analysis),
        "edits": [_record_to_json(one) for one in mended.edits],
    }
    return Response(
        json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False),
        media_type="application/json",
        headers={"ETag": f'"{mended.version}"', "Cache-Control": "no-cache"},
    )


def _record_to_json(one: EditRecord) -> dict[str, Any]:
    return {
        "version": one.version,
        "kind": one.kind.value,
        "edit": one.body,
        "fit": one.fit,
        "created_at": one.created_at.isoformat(),
        "undone": one.undone,
    }
