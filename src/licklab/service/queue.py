"""Redis as the transport: which jobs wait, and which workers live.

Losing everything in here loses nothing: the reconciler fills it again from the database.
"""

import time
import uuid
from contextlib import suppress

import rq
from redis import Redis
from rq.exceptions import NoSuchJobError
from rq.job import Job as RqJob

QUEUE_NAME = "licklab"
TASK = "licklab.service.worker.task.run_job"
PACK_TASK = "licklab.service.worker.packs.run_pack"
# In front of a message about a pack: what has none of these is about a job.
_PACK = "pack-"
_WORKERS_KEY = "licklab:workers"
# Three missed beats of the default heartbeat of 3 s, and some slack for a busy machine.
_WORKER_SILENCE_SEC = 15.0


def connect(url: str, *, timeout_sec: float | None = 2.0) -> "Redis":
    """Open a connection pool to Redis; nothing is sent yet.

    Parameters
    ----------
    url : str
        `redis://...` or `unix://...`.
    timeout_sec : float or None, optional
        For every command. Workers wait for messages and take None.

    Returns
    -------
    Redis
        The client.
    """
    return Redis.from_url(url, socket_timeout=timeout_sec, socket_connect_timeout=2.0)


class JobQueue:
    """The jobs that wait for a worker.

    Parameters
    ----------
    redis : Redis
        The connection.
    job_timeout_sec : int
        A run longer than this is stopped.
    """

    def __init__(self, redis: "Redis", job_timeout_sec: int) -> None:
        self.redis = redis
        self._queue = rq.Queue(QUEUE_NAME, connection=redis, default_timeout=job_timeout_sec)

    def put(self, job_id: uuid.UUID) -> None:
        """Tell the workers about a job. Telling them twice is harmless: one run claims it.

        Parameters
        ----------
        job_id : UUID
            The job, already committed.
        """
        # A message of its own each time: RQ gives up on a worker whose message was replaced or
        # removed under it. The outcome is in the database, so a done message leaves no trace.
        message = f"{job_id}_{uuid.uuid4().hex[:8]}"
        self._queue.enqueue(TASK, str(job_id), job_id=message, result_ttl=0, failure_ttl=0)

    def put_pack(self, pack_id: uuid.UUID) -> None:
        """Tell the workers about a practice pack. Telling them twice is harmless.

        Parameters
        ----------
        pack_id : UUID
            The pack, already committed.
        """
        message = f"{_PACK}{pack_id}_{uuid.uuid4().hex[:8]}"
        self._queue.enqueue(PACK_TASK, str(pack_id), job_id=message, result_ttl=0, failure_ttl=0)

    def remove(self, job_id: uuid.UUID) -> None:
        """Take a job's waiting messages back; none there is no error.

        Parameters
        ----------
        job_id : UUID
            The job.
        """
        for message in self._queue.job_ids:
            # One that a worker takes at this moment stays its own: it finds nothing to claim.
            if _job_of(message) == job_id and self._queue.remove(message):
                with suppress(NoSuchJobError):
                    RqJob.fetch(message, connection=self.redis).delete()

    def waiting(self) -> set[uuid.UUID]:
        """Name the jobs whose messages wait.

        Returns
        -------
        set of UUID
            Without those that a worker has taken.
        """
        jobs = {_job_of(message) for message in self._queue.job_ids}
        return {job for job in jobs if job is not None}

    def waiting_packs(self) -> set[uuid.UUID]:
        """Name the packs whose messages wait.

        Returns
        -------
        set of UUID
            Without those that a worker has taken.
        """
        told = [one for one in self._queue.job_ids if one.startswith(_PACK)]
        packs = {_job_of(one.removeprefix(_PACK)) for one in told}
        return {pack for pack in packs if pack is not None}

    def ping(self) -> None:
        """Ask Redis for a sign of life; whatever the client raises comes through."""
        self.redis.ping()

    def report_worker(self, name: str) -> None:
        """Note that a worker lives.

        Parameters
        ----------
        name : str
            Of the worker.
        """
        self.redis.zadd(_WORKERS_KEY, {name: time.time()})

    def forget_worker(self, name: str) -> None:
        """Note that a worker has gone.

        Parameters
        ----------
        name : str
            Of the worker.
        """
        self.redis.zrem(_WORKERS_KEY, name)

    def living_workers(self) -> list[str]:
        """Name the workers that have reported lately.

        Returns
        -------
        list of str
            Empty when nobody would take a job.
        """
        limit = time.time() - _WORKER_SILENCE_SEC
        self.redis.zremrangebyscore(_WORKERS_KEY, 0, limit - 3600)
        names = self.redis.zrangebyscore(_WORKERS_KEY, limit, "+inf")
        return [name.decode() for name in names if isinstance(name, bytes)]


def _job_of(message: str) -> uuid.UUID | None:
    """Read the job from a message's id; None for one that is not ours, which stays where it is."""
    try:
        return uuid.UUID(message.partition("_")[0])
    except ValueError:
        return None
