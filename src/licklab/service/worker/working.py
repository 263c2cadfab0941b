"""A worker's work: loads the models once, then runs one job after another in itself.

RQ's usual worker forks for every job; ONNX sessions do not survive a fork and loading them for
each job costs more than short jobs do, hence RQ's in-process worker under our supervision.
"""

import logging
import os
import threading
import uuid
from types import FrameType
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rq.queue import Queue
from rq.worker import SimpleWorker

from licklab.engine.pipeline import Listener, ListenerConfig
from licklab.service.database import Database
from licklab.service.pack_runs import PackRuns
from licklab.service.queue import QUEUE_NAME, JobQueue, connect
from licklab.service.runs import Runs
from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage
from licklab.service.worker.health import host_prefix
from licklab.service.worker.packs import install_pack_runner
from licklab.service.worker.task import JobRunner, install_runner

if TYPE_CHECKING:
    from licklab.service.worker.pack_runner import PackRunner

log = logging.getLogger(__name__)

# RQ's alarm at the limit is heard after the chunk that is being listened to, which takes seconds.
_HANG_GRACE_SEC = 60.0


class StoppableWorker(SimpleWorker):
    """RQ's in-process worker that can be asked to put its job down."""

    # After Redis was away a waiting worker looks again at least this often (RQ: a minute).
    max_connection_wait_time = 2.0
    stopping: threading.Event

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Put the running job back, then stop.

        Parameters
        ----------
        signum : int
            The signal.
        frame : FrameType or None
            Where it came.
        """
        self.stopping.set()
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]
        except RedisError:
            # RQ notes the request in Redis, which may be away; this handler runs inside the job.
            self._stop_requested = True


def work(settings: Settings) -> None:
    """Work until told to stop.

    Parameters
    ----------
    settings : Settings
        Of the service.
    """
    database = Database(settings.required_database_url, pool_size=2)
    database.wait()
    runner = JobRunner(
        runs=Runs(database),
        storage=LocalStorage(settings.data_dir),
        listener=Listener(ListenerConfig(threads=settings.model_threads)),
        heartbeat_sec=settings.heartbeat_sec,
        hung_after_sec=settings.job_timeout_sec + _HANG_GRACE_SEC,
    )
    install_runner(runner)
    install_pack_runner(
        lambda: _pack_runner(settings, database, runner.stopping), PackRuns(database).give_up
    )
    name = f"{host_prefix()}{os.getpid()}-{uuid.uuid4().hex[:8]}"
    queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
    _report_from_a_thread(queue, name, settings.heartbeat_sec)
    redis = connect(settings.required_redis_url, timeout_sec=None)
    worker = StoppableWorker([Queue(QUEUE_NAME, connection=redis)], name=name, connection=redis)
    worker.stopping = runner.stopping
    log.info("worker %s is listening", name)
    try:
        worker.work(logging_level="WARNING")
    finally:
        try:
            queue.forget_worker(name)
        except RedisError:
            log.info("Redis is away; worker %s will be forgotten in time", name)
        database.close()


def _pack_runner(settings: Settings, database: Database, stopping: threading.Event) -> "PackRunner":
    # They take longer to load than all else that a worker needs.
    from licklab.service.corpus_access import CorpusAccess
    from licklab.service.jobs import Jobs
    from licklab.service.licks import Licks
    from licklab.service.mending import Mending
    from licklab.service.pack_licks import PackLicks
    from licklab.service.worker.pack_runner import PackRunner

    storage = LocalStorage(settings.data_dir)
    queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
    licks = Licks(database, storage, CorpusAccess(settings.data_dir))
    gathering = PackLicks(
        Jobs(database, queue, storage),
        Mending(database, storage),
        licks,
        storage,
        settings.soundfont,
    )
    return PackRunner(
        PackRuns(database), gathering, storage, settings.heartbeat_sec, stopping=stopping
    )


def _report_from_a_thread(queue: JobQueue, name: str, every_sec: float) -> None:
    def report() -> None:
        forever = threading.Event()
        while True:
            try:
                queue.report_worker(name)
            except RedisError as error:
                log.warning("worker %s cannot report: %s", name, error)
            forever.wait(every_sec)

    threading.Thread(target=report, name="worker-report", daemon=True).start()
