"""The files of a job: the recording and what was heard in it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from licklab.domain.transcription import Transcription
from licklab.formats.midi import write_midi
from licklab.formats.transcription_json import (
    read_transcription,
    transcription_schema,
    write_transcription,
)
from licklab.service.api.context import Context, InContext
from licklab.service.api.problems import problem_response, responses
from licklab.service.jobs import (
    MIDI_NAME,
    SCORE_SUFFIX,
    TRANSCRIPTION_NAME,
    JobFileMissingError,
    JobStateError,
    audio_name,
)
from licklab.service.naming import download_name
from licklab.service.results import has_result
from licklab.service.tables import Job

router = APIRouter(prefix="/jobs/{job_id}", tags=["files"])
schemas_router = APIRouter(tags=["files"])


class RangedFile(FileResponse):
    """A file whose refusals of a range are problem details, as all other errors are."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file or a part of it, as ASGI wants it."""
        refusal: Message | None = None

        async def hold_back_refusals(message: Message) -> None:
            nonlocal refusal
            if message["type"] == "http.response.start" and message["status"] >= 400:
                refusal = message
            elif refusal is None:
                await send(message)

        await super().__call__(scope, receive, hold_back_refusals)
        if refusal is not None:
            request, headers = Request(scope), Headers(raw=refusal["headers"])
            got = request.headers.get("range", "")[:80]
            size = headers.get("content-range", "")
            problem = problem_response(
                request,
                refusal["status"],
                f"want a range of bytes inside the recording, got {got!r}",
                headers={"Content-Range": size} if size else None,
            )
            await problem(scope, receive, send)


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
    if job.audio_suffix == SCORE_SUFFIX:
        raise JobFileMissingError(f"want the recording of the job {job.id}, got a score")
    path = context.storage.path(job.id, audio_name(job))
    # Starlette's own look comes after our answer and ends in an error that nobody expects.
    with _expecting(job, "recording"):
        found = path.stat()
    return RangedFile(
        path,
        stat_result=found,
        media_type=job.media_type,
        filename=job.filename,
        content_disposition_type="inline",
    )


# Players ask for the length first.
router.add_api_route("/audio", get_audio, methods=["HEAD"], include_in_schema=False)


@router.get(
    "/transcription",
    summary="The notes as JSON",
    response_class=Response,
    responses={
        200: {
            "description": "A document of schema `licklab.transcription/1`.",
            "content": {"application/json": {"schema": transcription_schema()}},
        },
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    },
)
def get_transcription(context: InContext, job_id: uuid.UUID) -> Response:
    """Give what was heard, from the first time that the job is READY.

    While the job is transcribed again, and when that fails, this is the earlier result.
    """
    _, content = _result(context, job_id, TRANSCRIPTION_NAME, write_transcription)
    return Response(content, media_type="application/json")


@router.get(
    "/transcription.mid",
    summary="The notes as MIDI",
    response_class=Response,
    responses={
        200: {"content": {"audio/midi": {}}},
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    },
)
def get_midi(context: InContext, job_id: uuid.UUID) -> Response:
    """Give what was heard as played, from the first time that the job is READY."""
    job, content = _result(context, job_id, MIDI_NAME, write_midi)
    name = download_name(job, "mid")
    return Response(
        content,
        media_type="audio/midi",
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}"},
    )


@schemas_router.get("/schemas/transcription-1.json", summary="The schema of transcriptions")
def get_schema() -> dict[str, Any]:
    """Give the JSON Schema of `licklab.transcription/1`."""
    return transcription_schema()


def result_transcription(context: Context, job_id: uuid.UUID) -> tuple[Job, Transcription]:
    """Give the result of a job with all that was mended.

    Parameters
    ----------
    context : Context
        Of the service.
    job_id : uuid.UUID
        Of the job.

    Returns
    -------
    Job and Transcription
        The job, and what was heard in it.

    Raises
    ------
    JobStateError
        If there is no result yet.
    JobFileMissingError
        If its file is no longer there.
    """
    job = _with_result(context, job_id)
    with _expecting(job, "result"):
        mended = context.mending.transcription(job_id)
        if mended is not None:
            return job, mended
        path = context.storage.path(job_id, TRANSCRIPTION_NAME)
        return job, read_transcription(path.read_bytes())


def _with_result(context: Context, job_id: uuid.UUID) -> Job:
    job = context.jobs.get(job_id)
    if not has_result(job):
        raise JobStateError(f"want a job that is READY, got {job.status}")
    return job


def _result(
    context: Context, job_id: uuid.UUID, name: str, write: Callable[[Transcription], bytes]
) -> tuple[Job, bytes]:
    """Give a file of the result, written anew where it is mended."""
    job = _with_result(context, job_id)
    # Read at once: a file that is sent in pieces could be replaced between its length and its end.
    with _expecting(job, "result"):
        mended = context.mending.transcription(job_id)
        if mended is not None:
            return job, write(mended)
        return job, context.storage.path(job_id, name).read_bytes()


@contextmanager
def _expecting(job: Job, what: str) -> Iterator[None]:
    """Say what is missing: the job was deleted at this moment, or its folder by other hands."""
    try:
        yield
    except FileNotFoundError as error:
        raise JobFileMissingError(
            f"want the {what} of the job {job.id}, got none: its file is no longer there"
        ) from error
