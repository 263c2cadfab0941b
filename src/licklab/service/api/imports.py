"""Scores that people bring."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request

from licklab.errors import StorageError
from licklab.formats.imports import MOST_BYTES, read_import
from licklab.service.api.context import Context, InContext
from licklab.service.api.jobs import refuse_by_length
from licklab.service.api.problems import responses
from licklab.service.api.schemas import JobOut
from licklab.service.tables import Job
from licklab.service.upload import UploadError, clean_filename, receive_form

router = APIRouter(tags=["jobs"])

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["score"],
                    "properties": {
                        "score": {
                            "type": "string",
                            "format": "binary",
                            "description": "MusicXML (.musicxml, .mxl), MIDI, ABC or JAMS.",
                        },
                        "part": {"type": "string", "description": "Name or number of the part."},
                        "instrument": {"type": "string", "description": "Who plays it."},
                    },
                }
            }
        },
    }
}


@router.post(
    "/imports",
    summary="Bring a score",
    openapi_extra=_FORM,
    responses=responses(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
)
async def create_import(context: InContext, request: Request) -> JobOut:
    """Take a score that a person wrote as a job that is READY at once.

    It is exported and mended as what was heard is; there is no recording to hear again.
    """
    limit = min(context.settings.max_upload_bytes, MOST_BYTES)
    upload = context.storage.new_upload()
    try:
        await refuse_by_length(request, limit)
        content_type = request.headers.get("content-type", "")
        form = await receive_form(request.stream(), content_type, "score", upload, limit)
        job = await to_thread.run_sync(_accept, context, form.fields, form.filename, upload)
    except OSError as error:
        raise StorageError(
            f"want room for the score in the service's storage, got: {error.strerror}"
        ) from error
    finally:
        upload.unlink(missing_ok=True)
    return JobOut.from_job(job, context.storage)


def _accept(context: Context, fields: dict[str, str], filename: str | None, upload: Path) -> Job:
    if filename is None:
        raise UploadError("want the file in the field `score`, got no such field")
    name = clean_filename(filename)
    transcription = read_import(
        upload.read_bytes(),
        name,
        part=fields.get("part") or None,
        instrument=fields.get("instrument") or None,
    )
    return context.imports.create(upload, name, transcription)
