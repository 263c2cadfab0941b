"""The progress of a job, or of all jobs, as server-sent events."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterable, AsyncIterator
from http import HTTPStatus
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from licklab.service.api.context import Context, InContext
from licklab.service.api.problems import responses
from licklab.service.api.schemas import JobOut
from licklab.service.database import AWAY
from licklab.service.following import Follower
from licklab.service.jobs import JobNotFoundError
from licklab.service.tables import Job, JobStatus

log = logging.getLogger(__name__)

router = APIRouter(tags=["jobs"])

# Short enough to feel live, long enough that a hundred pages cost PostgreSQL nothing.
_POLL_SEC = 0.4
_ENDED = (JobStatus.READY, JobStatus.FAILED)


def _existing(context: InContext, job_id: uuid.UUID) -> Job:
    return context.jobs.get(job_id)


@router.get(
    "/jobs/{job_id}/events",
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
        stamp = _stamp(shown)
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


@router.get("/events", summary="Follow all jobs", response_class=EventSourceResponse)
async def follow_jobs(context: InContext) -> AsyncIterable[ServerSentEvent]:
    """Send every job that waits or runs, then each job whenever it changes, as event `job`.

    A job that is deleted is told by an event `deleted` with its `id`. The stream goes on until the
    client leaves; one that comes back after a while asks `GET /jobs` for what it missed. Browsers
    allow a page six connections to a host, so this takes the place of one stream for each job.
    """
    try:
        async for event in _news(context):
            yield event
    except AWAY as error:
        # The client comes back by itself, and then sees what happened meanwhile.
        log.warning("a follower of all jobs is let go: %s", str(error).partition("\n")[0])


async def _news(context: Context) -> AsyncIterator[ServerSentEvent]:
    follower = Follower(context.database)
    news = await to_thread.run_sync(follower.begin)
    shown = [JobOut.from_job(job, context.storage) for job in news.jobs]
    seen = {one.id: _stamp(one) for one in shown}
    for one in shown:
        if one.status not in _ENDED:
            yield ServerSentEvent(data=one, event="job")
    while True:
        await asyncio.sleep(_POLL_SEC)
        news = await to_thread.run_sync(follower.look)
        shown = [JobOut.from_job(job, context.storage) for job in news.jobs]
        before, seen = seen, {one.id: _stamp(one) for one in shown}
        for one in shown:
            if seen[one.id] != before.get(one.id):
                yield ServerSentEvent(data=one, event="job")
        for job_id in news.deleted:
            yield ServerSentEvent(data={"id": str(job_id)}, event="deleted")


def _stamp(shown: JobOut) -> str:
    # What only grows older while nothing happens is left out.
    return shown.model_dump_json(exclude={"eta_sec", "updated_at"})


def _look(context: Context, job_id: uuid.UUID) -> Job:
    return context.jobs.get(job_id)
