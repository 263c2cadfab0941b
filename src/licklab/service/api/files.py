"""The files of a job: the recording and what was heard in it."""

import uuid
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse

from licklab.formats.transcription_json import transcription_schema
from licklab.service.api.context import Context, InContext
from licklab.service.api.problems import responses
from licklab.service.jobs import MIDI_NAME, TRANSCRIPTION_NAME, JobStateError, audio_name
from licklab.service.tables import Job, JobStatus

router = APIRouter(prefix="/jobs/{job_id}", tags=["files"])
schemas_router = APIRouter(tags=["files"])


@router.get(
    "/audio",
    summary="The recording",
    response_class=FileResponse,
    responses={
        206: {"description": "The part asked for by a Range header."},
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE),
    },
)
def get_audio(context: InContext, job_id: uuid.UUID) -> FileResponse:
    """Give the uploaded file as it came; parts of it on request."""
    job = context.jobs.get(job_id)
    return FileResponse(
        context.storage.path(job.id, audio_name(job)),
        media_type=job.media_type,
        filename=job.filename,
        content_disposition_type="inline",
    )


# Players ask for the length first.
router.add_api_route("/audio", get_audio, methods=["HEAD"], include_in_schema=False)


@router.get(
    "/transcription",
    summary="The notes as JSON",
    response_class=FileResponse,
    responses={
        200: {
            "description": "A document of schema `licklab.transcription/1`.",
            "content": {"application/json": {"schema": transcription_schema()}},
        },
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    },
)
def get_transcription(context: InContext, job_id: uuid.UUID) -> FileResponse:
    """Give what was heard, once the job is READY."""
    _, path = _finished(context, job_id, TRANSCRIPTION_NAME)
    return FileResponse(path, media_type="application/json")


@router.get(
    "/transcription.mid",
    summary="The notes as MIDI",
    response_class=FileResponse,
    responses={
        200: {"content": {"audio/midi": {}}},
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    },
)
def get_midi(context: InContext, job_id: uuid.UUID) -> FileResponse:
    """Give what was heard as played, once the job is READY."""
    job, path = _finished(context, job_id, MIDI_NAME)
    return FileResponse(path, media_type="audio/midi", filename=f"{Path(job.filename).stem}.mid")


@schemas_router.get("/schemas/transcription-1.json", summary="The schema of transcriptions")
def get_schema() -> dict[str, Any]:
    """Give the JSON Schema of `licklab.transcription/1`."""
    return transcription_schema()


def _finished(context: Context, job_id: uuid.UUID, name: str) -> tuple[Job, Path]:
    job = context.jobs.get(job_id)
    if job.status != JobStatus.READY:
        raise JobStateError(f"want a job that is READY, got {job.status}")
    return job, context.storage.path(job_id, name)
