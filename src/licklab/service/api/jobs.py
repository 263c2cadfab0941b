"""Jobs: upload, look, list, cancel, retry, transcribe again, delete."""

import uuid
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from licklab.domain.instrument import INSTRUMENTS, find_instrument
from licklab.engine.audio.probe import AudioInfo, probe_audio
from licklab.errors import StorageError, TooLongError
from licklab.service.api.context import Context, InContext
from licklab.service.api.edits import Text
from licklab.service.api.problems import responses
from licklab.service.api.schemas import JobList, JobOut, listening_properties
from licklab.service.fields import receive_fields
from licklab.service.job_pages import Sort
from licklab.service.library import Wanted
from licklab.service.listening import FIELDS, Listening
from licklab.service.tables import Job, JobStatus
from licklab.service.upload import UploadError, UploadTooLargeError, clean_filename, receive_form

router = APIRouter(prefix="/jobs", tags=["jobs"])

# The form around a file: boundaries, headers and the other fields.
_FORM_OVERHEAD_BYTES = 100_000

_UPLOAD_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["audio", "instrument"],
                    "properties": {
                        "audio": {
                            "type": "string",
                            "format": "binary",
                            "description": "MP3, WAV, FLAC, Ogg/Opus, M4A/AAC or AIFF.",
                        },
                        **listening_properties(),
                    },
                }
            }
        },
    }
}
_AGAIN_SCHEMA = {"type": "object", "properties": listening_properties()}
_AGAIN_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "What is left out stays as it was; null or empty text opens an end of the "
        "region.",
        "content": {
            "application/json": {"schema": {**_AGAIN_SCHEMA, "additionalProperties": False}},
            "application/x-www-form-urlencoded": {"schema": _AGAIN_SCHEMA},
            "multipart/form-data": {"schema": _AGAIN_SCHEMA},
        },
    }
}


@router.post(
    "",
    summary="Upload a recording",
    openapi_extra=_UPLOAD_FORM,
    responses=responses(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
)
async def create_job(request: Request, context: InContext) -> JobOut:
    """Take a recording and the instrument to follow; answer before the listening begins.

    `mode`, `start_sec` and `end_sec` may be left out. The instrument may not: `other` follows the
    loudest line, whatever plays it.
    """
    limit = context.settings.max_upload_bytes
    upload = context.storage.new_upload()
    try:
        await refuse_by_length(request, limit)
        form = await receive_form(
            request.stream(), request.headers.get("content-type", ""), "audio", upload, limit
        )
        job = await to_thread.run_sync(_accept, context, form.fields, form.filename, upload)
    except OSError as error:
        raise StorageError(
            f"want room for the recording in the service's storage, got: {error.strerror}"
        ) from error
    finally:
        upload.unlink(missing_ok=True)
    return JobOut.from_job(job, context.storage)


def _accept(context: Context, fields: dict[str, str], filename: str | None, upload: Path) -> Job:
    if filename is None:
        raise UploadError("want the file in the field `audio`, got no such field")
    if "instrument" not in fields:
        raise UploadError(
            f"want the field `instrument`, one of {', '.join(INSTRUMENTS)}; got no such field"
        )
    listening = Listening(find_instrument(fields["instrument"])).changed(
        {name: text for name, text in fields.items() if name in FIELDS}
    )
    info = probe_upload(context, upload)
    return context.jobs.create(upload, clean_filename(filename), info, listening)


def probe_upload(context: Context, upload: Path) -> AudioInfo:
    """Look into an upload, and refuse what is too long.

    Parameters
    ----------
    context : Context
        With the settings.
    upload : Path
        Received.

    Returns
    -------
    AudioInfo
        What was found.

    Raises
    ------
    AudioError
        If it cannot be used, or is longer than the service takes.
    """
    info = probe_audio(upload)
    allowed_min = context.settings.max_duration_min
    if info.duration_sec > 60 * allowed_min:
        raise TooLongError(
            f"want a recording of at most {allowed_min:g} minutes, "
            f"got one of {info.duration_sec / 60:.1f} minutes"
        )
    return info


async def refuse_by_length(request: Request, limit: int) -> None:
    """Refuse by the announced length, before a byte of it is stored.

    Parameters
    ----------
    request : Request
        Not yet read.
    limit : int, bytes
        Of the file in it.

    Raises
    ------
    UploadTooLargeError
        If it is longer.
    """
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) <= limit + _FORM_OVERHEAD_BYTES:
        return
    if "100-continue" not in request.headers.get("expect", "").lower():
        # This client sends without asking first and reads the answer only afterwards.
        await _drain(request.stream(), 2 * limit)
    raise UploadTooLargeError(
        f"want a file of at most {limit / 1e6:.0f} MB, got a request of {int(length) / 1e6:.0f} MB"
    )


async def _drain(chunks: AsyncIterator[bytes], limit: int) -> None:
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > limit:
            return


@router.get("", summary="List jobs", responses=responses(HTTPStatus.UNPROCESSABLE_ENTITY))
def list_jobs(
    context: InContext,
    status: Annotated[JobStatus | None, Query(description="Only these.")] = None,
    instrument: Annotated[str | None, Query(description="Only this one: id or alias.")] = None,
    q: Annotated[
        Text,
        Query(
            max_length=200,
            description="Words, each of which is in the title, the file's name, a tag or the "
            "instrument's names; case does not count.",
        ),
    ] = "",
    tag: Annotated[
        Text | None,
        Query(max_length=200, description="Only with this tag; case does not count."),
    ] = None,
    sort: Annotated[Sort, Query(description="By creation, title, or duration.")] = Sort.NEWEST,
    cursor: Annotated[
        str | None, Query(description="`next` of the page before, in the same order.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> JobList:
    """List jobs, newest first or as `sort` says."""
    followed = None if instrument is None else find_instrument(instrument).id
    wanted = Wanted(status, followed, q, tag)
    page = context.library.list(wanted, sort=sort, cursor=cursor, limit=limit)
    return JobList.from_page(page, context.storage)


@router.get("/{job_id}", summary="Look at a job", responses=responses(HTTPStatus.NOT_FOUND))
def get_job(context: InContext, job_id: uuid.UUID) -> JobOut:
    """Show a job as it is now."""
    return JobOut.from_job(context.jobs.get(job_id), context.storage)


@router.delete(
    "/{job_id}",
    summary="Delete a job",
    status_code=HTTPStatus.NO_CONTENT,
    responses=responses(HTTPStatus.NOT_FOUND),
)
def delete_job(context: InContext, job_id: uuid.UUID) -> Response:
    """Remove a job, its files and its place in the queue, whatever its status."""
    context.jobs.delete(job_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/{job_id}/cancel",
    summary="Cancel a job",
    responses=responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def cancel_job(context: InContext, job_id: uuid.UUID) -> JobOut:
    """Stop a job that waits or runs; it is then FAILED and can be retried."""
    return JobOut.from_job(context.jobs.cancel(job_id), context.storage)


@router.post(
    "/{job_id}/retry",
    summary="Retry a job",
    responses=responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def retry_job(context: InContext, job_id: uuid.UUID) -> JobOut:
    """Queue a FAILED job once more."""
    return JobOut.from_job(context.jobs.retry(job_id), context.storage)


@router.post(
    "/{job_id}/transcribe",
    summary="Transcribe a recording again",
    openapi_extra=_AGAIN_BODY,
    responses=responses(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
async def transcribe_again(request: Request, context: InContext, job_id: uuid.UUID) -> JobOut:
    """Hear the recording of a READY or FAILED job again: another instrument, mode or region.

    The job is CREATED again and keeps its id and its recording. Its earlier result can be
    downloaded until the new one replaces it, and stays when the new run fails.
    """
    fields = await receive_fields(request.stream(), request.headers.get("content-type", ""))
    job = await to_thread.run_sync(context.jobs.transcribe_again, job_id, fields)
    return JobOut.from_job(job, context.storage)
