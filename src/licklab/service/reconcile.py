"""The reconciler: makes the queue and the files agree with the database, again and again.

It runs in the scheduler process beside the workers. Several may run on several machines; an
advisory lock of PostgreSQL lets one at a time through.
"""

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from licklab.service.database import Database
from licklab.service.pack_runs import recover_lost_packs
from licklab.service.pack_tables import PackRow, PackStatus
from licklab.service.queue import JobQueue
from licklab.service.runs import recover_lost_runs
from licklab.service.settings import Settings
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobStatus

log = logging.getLogger(__name__)

# Any constant will do, as long as every version of this program uses the same.
_LOCK = 0x4C49434B  # "LICK"
# A job younger than this may be on its way into the queue from the process that made it.
_GRACE_SEC = 2.0
# Longer than any upload that is still going on.
_STALE_UPLOADS_SEC = 6 * 3600.0
_ROUNDS_BETWEEN_SWEEPS = 120


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Frees lost jobs, queues forgotten ones, removes uploads that were left over."""

    database: Database
    queue: JobQueue
    storage: Storage
    settings: Settings

    def run(self, wait: Callable[[float], bool]) -> None:
        """Reconcile until told to stop; a server that is away is met again next round.

        Parameters
        ----------
        wait : callable
            Waits that many seconds; True means stop.
        """
        rounds = 0
        while True:
            try:
                self.reconcile()
                if rounds % _ROUNDS_BETWEEN_SWEEPS == 0:
                    self.storage.sweep_uploads(_STALE_UPLOADS_SEC)
            except (SQLAlchemyError, OSError) as error:
                reason = str(error).partition("\n")[0]
                log.warning("reconciling again in a moment: %s", reason)
            rounds += 1
            if wait(self.settings.reconcile_sec):
                return

    def reconcile(self) -> None:
        """Free jobs whose workers died, and queue every waiting job that is not queued.

        A job that has just been freed is queued next round: it has changed within the grace.
        """
        # One transaction, hence one lock, over the whole round: two reconcilers that each saw a
        # queue without a job would both put it there.
        with self.database.transaction() as session:
            if not _alone(session):
                return
            recovered = recover_lost_runs(
                session,
                lease_sec=self.settings.lease_sec,
                max_attempts=self.settings.max_attempts,
            )
            if recovered:
                log.warning("%d job(s) lost their worker", recovered)
            forgotten = select(Job.id).where(
                Job.status == JobStatus.CREATED,
                Job.updated_at < func.now() - timedelta(seconds=_GRACE_SEC),
            )
            waiting = session.scalars(forgotten.order_by(Job.created_at)).all()
            packs = self._lost_packs(session)
            try:
                self._queue_again(waiting)
                self._queue_packs_again(packs)
            except RedisError as error:
                # What was freed stays freed, also while Redis is away.
                log.warning("queueing again in a moment: %s", error)

    def _lost_packs(self, session: Session) -> Sequence[uuid.UUID]:
        """Free packs whose workers died, and list those that wait."""
        recovered = recover_lost_packs(
            session, lease_sec=self.settings.lease_sec, max_attempts=self.settings.max_attempts
        )
        if recovered:
            log.warning("%d pack(s) lost their worker", recovered)
        forgotten = select(PackRow.id).where(
            PackRow.status == PackStatus.CREATED,
            PackRow.updated_at < func.now() - timedelta(seconds=_GRACE_SEC),
        )
        return session.scalars(forgotten.order_by(PackRow.created_at)).all()

    def _queue_packs_again(self, waiting: Sequence[uuid.UUID]) -> None:
        queued = self.queue.waiting_packs() if waiting else set()
        for pack_id in waiting:
            if pack_id not in queued:
                self.queue.put_pack(pack_id)
                log.info("pack %s queued again", pack_id)

    def _queue_again(self, waiting: Sequence[uuid.UUID]) -> None:
        queued = self.queue.waiting() if waiting else set()
        for job_id in waiting:
            if job_id not in queued:
                self.queue.put(job_id)
                log.info("job %s queued again", job_id)


def _alone(session: Session) -> bool:
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))
