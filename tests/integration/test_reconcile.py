"""What the reconciler mends, on a real database and a real Redis."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, update

from licklab.service.database import Database
from licklab.service.queue import QUEUE_NAME, JobQueue, connect
from licklab.service.reconcile import Reconciler
from licklab.service.runs import Runs
from licklab.service.storage import LocalStorage
from licklab.service.tables import Job
from tests.integration.conftest import Stack, free_port, look, upload

_LONG_AGO = timedelta(hours=1)


@pytest.fixture
def database(stack: Stack) -> Iterator[Database]:
    database = Database(stack.settings.required_database_url)
    yield database
    database.close()


@pytest.fixture
def queue(stack: Stack) -> JobQueue:
    return JobQueue(connect(stack.settings.required_redis_url), 600)


def _reconciler(stack: Stack, database: Database, queue: JobQueue) -> Reconciler:
    return Reconciler(database, queue, LocalStorage(stack.settings.data_dir), stack.settings)


def _age(database: Database, job_id: uuid.UUID) -> None:
    """Make a job's last change and last heartbeat an hour old."""
    then = func.now() - _LONG_AGO
    with database.transaction() as session:
        session.execute(
            update(Job).where(Job.id == job_id).values(updated_at=then, heartbeat_at=then)
        )


def _forgotten(
    api: httpx.Client, database: Database, queue: JobQueue, recording: Path
) -> uuid.UUID:
    """Make a job that waits and that Redis does not know."""
    job_id = uuid.UUID(upload(api, recording)["id"])
    queue.remove(job_id)
    _age(database, job_id)
    return job_id


def _messages(queue: JobQueue) -> list[bytes]:
    found = queue.redis.lrange(f"rq:queue:{QUEUE_NAME}", 0, -1)
    return [one if isinstance(one, bytes) else one.encode() for one in found]


def _messages_for(queue: JobQueue, job_id: uuid.UUID) -> int:
    return sum(str(job_id).encode() in one for one in _messages(queue))


def test_two_reconcilers_at_the_same_moment_queue_a_job_once(
    api: httpx.Client, stack: Stack, database: Database, queue: JobQueue, short_wav: Path
) -> None:
    job_id = _forgotten(api, database, queue, short_wav)
    other = _reconciler(stack, database, queue)

    class Overtaken(JobQueue):
        """Between its look at the queue and its message, another reconciler has its whole round."""

        def waiting(self) -> set[uuid.UUID]:
            seen = super().waiting()
            other.reconcile()
            return seen

    _reconciler(stack, database, Overtaken(queue.redis, 600)).reconcile()
    assert _messages_for(queue, job_id) == 1


def test_a_message_that_is_not_ours_stops_neither_a_round_nor_a_deletion(
    api: httpx.Client, stack: Stack, database: Database, queue: JobQueue, short_wav: Path
) -> None:
    foreign = "no job of ours"
    job_id = _forgotten(api, database, queue, short_wav)
    queue.redis.rpush(f"rq:queue:{QUEUE_NAME}", foreign)
    try:
        _reconciler(stack, database, queue).reconcile()
        assert queue.waiting() == {job_id}
        assert api.delete(f"/jobs/{job_id}").status_code == 204
        assert queue.waiting() == set()
        assert _messages(queue) == [foreign.encode()]
    finally:
        queue.redis.lrem(f"rq:queue:{QUEUE_NAME}", 0, foreign)


def test_a_lost_run_is_freed_while_redis_is_away_and_queued_once_it_is_back(
    api: httpx.Client, stack: Stack, database: Database, queue: JobQueue, short_wav: Path
) -> None:
    waiting = _forgotten(api, database, queue, short_wav)
    job = upload(api, short_wav)
    lost = uuid.UUID(job["id"])
    queue.remove(lost)
    assert Runs(database).claim(lost) is not None
    _age(database, lost)
    nowhere = JobQueue(connect(f"redis://127.0.0.1:{free_port()}/0"), 600)
    _reconciler(stack, database, nowhere).reconcile()
    assert look(api, job)["status"] == "CREATED"
    assert queue.waiting() == set()
    _reconciler(stack, database, queue).reconcile()
    # What has just changed has a moment in which whoever changed it may queue it.
    assert queue.waiting() == {waiting}
    _age(database, lost)
    _reconciler(stack, database, queue).reconcile()
    assert queue.waiting() == {waiting, lost}


def test_a_database_that_is_not_set_up_yet_is_met_again_next_round(
    stack: Stack, queue: JobQueue
) -> None:
    # The server's own database, which has no tables of ours.
    database = Database(stack.settings.required_database_url.replace("/licklab?", "/postgres?"))
    rounds: list[float] = []

    def wait(seconds: float) -> bool:
        rounds.append(seconds)
        return len(rounds) == 2

    _reconciler(stack, database, queue).run(wait)
    database.close()
    assert rounds == [stack.settings.reconcile_sec] * 2
