"""Attempts at a lick: play it back, and see it marked note by note."""

import math
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from licklab.domain.instrument import INSTRUMENTS, find_instrument
from licklab.domain.key import Key
from licklab.errors import StorageError
from licklab.service.api.attempt_json import AttemptList, AttemptOut, AttemptSummaryOut
from licklab.service.api.context import Context, InContext
from licklab.service.api.jobs import probe_upload, refuse_by_length
from licklab.service.api.problems import responses
from licklab.service.attempts import AttemptRecord, AttemptWish
from licklab.service.listening import FieldError
from licklab.service.upload import UploadError, clean_filename, receive_form

router = APIRouter(tags=["attempts"])

_FIELDS = ("instrument", "key", "tempo_bpm")
# Of what is played as music: from one note in two seconds to sixteen in one.
_TEMPI_BPM = (20.0, 500.0)
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["audio"],
                    "properties": {
                        "audio": {
                            "type": "string",
                            "format": "binary",
                            "description": "The lick as you play it, alone: MP3, WAV, FLAC, "
                            "Ogg/Opus, M4A/AAC or AIFF. Several times is fine: each is marked.",
                        },
                        "instrument": {
                            "type": "string",
                            "description": "That you play; that of the solo without it.",
                            "examples": list(INSTRUMENTS),
                        },
                        "key": {
                            "type": "string",
                            "description": "In which you play it, at concert pitch; found out "
                            "without it.",
                            "examples": ["Bb:major", "F minor"],
                        },
                        "tempo_bpm": {
                            "type": "number",
                            "minimum": _TEMPI_BPM[0],
                            "maximum": _TEMPI_BPM[1],
                            "description": "That you play to; without it, any within 40 % of the "
                            "lick's is found out.",
                        },
                    },
                }
            }
        },
    }
}


@router.post(
    "/licks/{lick_id}/attempts",
    summary="Play a lick back",
    status_code=HTTPStatus.CREATED,
    openapi_extra=_FORM,
    responses=responses(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
)
async def create_attempt(request: Request, context: InContext, lick_id: uuid.UUID) -> AttemptOut:
    """Take a recording of somebody who plays the lick; answer before the listening begins.

    It is heard as recordings are, and is in no list of the library. `GET /attempts/{attempt_id}`
    has the marks when it is READY.
    """
    limit = context.settings.max_upload_bytes
    upload = context.storage.new_upload()
    try:
        await refuse_by_length(request, limit)
        form = await receive_form(
            request.stream(), request.headers.get("content-type", ""), "audio", upload, limit
        )
        record = await to_thread.run_sync(
            _accept, context, lick_id, form.fields, form.filename, upload
        )
    except OSError as error:
        raise StorageError(
            f"want room for the recording in the service's storage, got: {error.strerror}"
        ) from error
    finally:
        upload.unlink(missing_ok=True)
    return AttemptOut.from_record(record, context.storage)


@router.get(
    "/licks/{lick_id}/attempts",
    summary="The attempts at a lick",
    responses=responses(HTTPStatus.NOT_FOUND),
)
def list_attempts(context: InContext, lick_id: uuid.UUID) -> AttemptList:
    """List the last 200 attempts at a lick, the last first, with how their best time went."""
    found = context.attempts.list(lick_id)
    return AttemptList(items=[AttemptSummaryOut.from_record(one, context.storage) for one in found])


@router.get(
    "/attempts/{attempt_id}",
    summary="Look at an attempt",
    responses=responses(HTTPStatus.NOT_FOUND),
)
def get_attempt(context: InContext, attempt_id: uuid.UUID) -> AttemptOut:
    """Show an attempt as it is now; with its marks when it is READY."""
    return AttemptOut.from_record(context.attempts.get(attempt_id), context.storage)


@router.delete(
    "/attempts/{attempt_id}",
    summary="Delete an attempt",
    status_code=HTTPStatus.NO_CONTENT,
    responses=responses(HTTPStatus.NOT_FOUND),
)
def delete_attempt(context: InContext, attempt_id: uuid.UUID) -> Response:
    """Remove an attempt with its recording, whatever its status."""
    context.attempts.delete(attempt_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _accept(
    context: Context,
    lick_id: uuid.UUID,
    fields: dict[str, str],
    filename: str | None,
    upload: Path,
) -> AttemptRecord:
    if filename is None:
        raise UploadError("want the file in the field `audio`, got no such field")
    wish = _read_wish(fields)
    info = probe_upload(context, upload)
    return context.attempts.create(lick_id, upload, clean_filename(filename), info, wish)


def _read_wish(fields: Mapping[str, str]) -> AttemptWish:
    for name in fields:
        if name not in _FIELDS:
            raise FieldError(f"want no fields but audio, {', '.join(_FIELDS)}; got {name[:80]!r}")
    instrument, key = fields.get("instrument"), fields.get("key")
    return AttemptWish(
        find_instrument(instrument) if instrument else None,
        Key.parse(key) if key else None,
        _read_tempo(fields.get("tempo_bpm")),
    )


def _read_tempo(text: str | None) -> float | None:
    if not text:
        return None
    slowest, fastest = _TEMPI_BPM
    try:
        tempo_bpm = float(text)
    except ValueError:
        tempo_bpm = math.nan
    if not slowest <= tempo_bpm <= fastest:
        raise FieldError(
            f"want tempo_bpm as a number from {slowest:g} to {fastest:g}, got {text[:80]!r}"
        )
    return tempo_bpm
