"""A job's progress as server-sent events."""

import asyncio
import uuid
from collections.abc import AsyncIterable
from http import HTTPStatus
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from licklab.service.api.context import Context, InContext
from licklab.service.api.problems import responses
from licklab.service.api.schemas import JobOut
from licklab.service.jobs import JobNotFoundError
from licklab.service.tables import Job, JobStatus

router = APIRouter(prefix="/jobs/{job_id}", tags=["jobs"])

# Short enough to feel live, long enough that a hundred pages cost PostgreSQL nothing.
_POLL_SEC = 0.4
_ENDED = (JobStatus.READY, JobStatus.FAILED)


def _existing(context: InContext, job_id: uuid.UUID) -> Job:
    return context.jobs.get(job_id)


@router.get(
    "/events",
    summary="Follow a job",
    response_class=EventSourceResponse,
    responses=responses(HTTPStatus.NOT_FOUND),
)
async def follow_job(
    context: InContext, job: Annotated[Job, Depends(_existing)]
) -> AsyncIterable[ServerSentEvent]:
    """Send the job whenever it changes, as event `job`; after READY or FAILED the stream ends.

    When the job is deleted meanwhile, the last event is `deleted`.
    """
    last: str | None = None
    while True:
        shown = JobOut.from_job(job, context.storage)
        # What only grows older while nothing happens is left out.
        stamp = shown.model_dump_json(exclude={"eta_sec", "updated_at"})
        if stamp != last:
            last = stamp
            yield ServerSentEvent(data=shown, event="job")
        if shown.status in _ENDED:
            return
        await asyncio.sleep(_POLL_SEC)
        try:
            job = await to_thread.run_sync(_look, context, job.id)
        except JobNotFoundError:
            yield ServerSentEvent(data={"id": str(job.id)}, event="deleted")
            return


def _look(context: Context, job_id: uuid.UUID) -> Job:
    return context.jobs.get(job_id)
