"""The recording of a job as every browser plays it."""

import uuid
from http import HTTPStatus
from pathlib import Path

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import FileResponse

from licklab.engine.audio.playback import MEDIA_TYPE
from licklab.service.api.context import InContext
from licklab.service.api.files import RangedFile
from licklab.service.api.problems import responses
from licklab.service.jobs import JobFileMissingError

router = APIRouter(prefix="/jobs/{job_id}", tags=["sound"])


@router.get(
    "/playback.flac",
    summary="The recording for a browser",
    response_class=FileResponse,
    responses={
        200: {"description": "The whole recording.", "content": {MEDIA_TYPE: {}}},
        206: {"description": "The part asked for by a Range header."},
        **responses(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
        ),
    },
)
async def get_playback(context: InContext, job_id: uuid.UUID) -> FileResponse:
    """Give the recording as FLAC, decoded as it was for the transcription: the same second 0."""
    path: Path = await to_thread.run_sync(
        context.sounds.playback, job_id, limiter=context.sound_limiter
    )
    try:
        found = await to_thread.run_sync(path.stat)
    except FileNotFoundError as error:  # the job was deleted at this moment
        raise JobFileMissingError(
            f"want the recording of the job {job_id}, got none: its file is no longer there"
        ) from error
    return RangedFile(
        path,
        stat_result=found,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )
