"""What workers do with jobs: claim one, report, publish, fail, give it back.

Every change names the run (`run_id`) and touches nothing when the job has moved on: a job that
was cancelled, deleted or given to another worker cannot be written by the one that lost it.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, case, func, null, select, update
from sqlalchemy.orm import Session

from licklab.domain.progress import Progress
from licklab.service.database import Database
from licklab.service.tables import Job, JobStatus

log = logging.getLogger(__name__)


class RunLostError(Exception):
    """The job was cancelled, deleted or given to another worker."""


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job; `job` is as it was when claimed."""

    job: Job
    run_id: uuid.UUID


class Runs:
    """The worker's side of jobs; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, job_id: uuid.UUID) -> Run | None:
        """Take a waiting job.

        Parameters
        ----------
        job_id : UUID
            From a message, which may be late or doubled.

        Returns
        -------
        Run or None
            None when there is nothing to do: the job runs, has ended, or is gone.
        """
        run_id = uuid.uuid4()
        claimed = (
            update(Job)
            .where(Job.id == job_id, Job.status == JobStatus.CREATED)
            .values(
                status=JobStatus.TRANSCRIBING,
                run_id=run_id,
                attempts=Job.attempts + 1,
                progress=0.0,
                stage=None,
                error=None,
                started_at=func.now(),
                finished_at=null(),
                heartbeat_at=func.now(),
            )
            .returning(Job)
        )
        with self._database.transaction() as session:
            job = session.scalars(claimed).one_or_none()
        return None if job is None else Run(job, run_id)

    def beat(self, run: Run) -> None:
        """Say that the run goes on.

        Parameters
        ----------
        run : Run
            The run.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self._change(run, heartbeat_at=func.now())

    def report(self, run: Run, progress: Progress) -> None:
        """Store how far the run has come.

        Parameters
        ----------
        run : Run
            The run.
        progress : Progress
            Stage and fraction.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self._change(run, stage=progress.stage, progress=progress.fraction, heartbeat_at=func.now())

    def publish(
        self,
        run: Run,
        move_files: Callable[[], None],
        *,
        duration_sec: float,
        warnings: list[str],
        note_count: int,
        store: Callable[[Session], None],
    ) -> None:
        """Make the result visible: files and row change together.

        Parameters
        ----------
        run : Run
            The run.
        move_files : callable
            Puts the finished files in place; called under the row's lock, so that neither a
            deletion nor another run comes between, and last, for files know no way back.
        duration_sec : float
            Of what was read.
        warnings : list of str
            For the user.
        note_count : int
            Notes heard.
        store : callable
            Writes the rows of the result; the files are not in place yet.

        Raises
        ------
        RunLostError
            If it is no longer this worker's; the files are not moved.
        """
        with self._database.transaction() as session:
            locked = select(Job.id).where(*_belongs_to(run)).with_for_update()
            if session.scalar(locked) is None:
                raise RunLostError
            store(session)
            _update(
                session,
                run,
                status=JobStatus.READY,
                run_id=null(),
                stage=null(),
                progress=1.0,
                duration_sec=duration_sec,
                warnings=warnings,
                note_count=note_count,
                analysis_version=Job.analysis_version + 1,
                finished_at=func.now(),
                result_at=func.now(),
            )
            move_files()

    def fail(self, run: Run, error: str) -> None:
        """End the run with a reason.

        Parameters
        ----------
        run : Run
            The run.
        error : str
            A sentence that a musician understands.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self._change(
            run,
            status=JobStatus.FAILED,
            error=error,
            run_id=null(),
            stage=null(),
            finished_at=func.now(),
        )

    def give_back(self, run: Run) -> None:
        """Let another worker take the job; a polite stop does not count as an attempt.

        Parameters
        ----------
        run : Run
            The run.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self._change(
            run,
            status=JobStatus.CREATED,
            run_id=null(),
            stage=null(),
            progress=0.0,
            attempts=Job.attempts - 1,
            heartbeat_at=null(),
        )

    def _change(self, run: Run, **values: Any) -> None:
        with self._database.transaction() as session:
            _update(session, run, **values)


def recover_lost_runs(session: Session, *, lease_sec: float, max_attempts: int) -> int:
    """Free the jobs whose workers have fallen silent.

    Parameters
    ----------
    session : Session
        In a transaction.
    lease_sec : float
        Silence after which a worker counts as dead.
    max_attempts : int
        After so many attempts the job fails.

    Returns
    -------
    int
        Jobs that changed.
    """
    spent = Job.attempts >= max_attempts
    reason = (
        f"The program stopped in the middle of this recording {max_attempts} times. The file may "
        "be too much for this machine: try a shorter excerpt, or retry."
    )
    silent = (
        update(Job)
        .where(
            Job.status == JobStatus.TRANSCRIBING,
            Job.heartbeat_at < func.now() - timedelta(seconds=lease_sec),
        )
        .values(
            status=case((spent, JobStatus.FAILED.value), else_=JobStatus.CREATED.value),
            error=case((spent, reason), else_=null()),
            finished_at=case((spent, func.now()), else_=null()),
            run_id=null(),
            stage=null(),
            progress=0.0,
            heartbeat_at=null(),
        )
    )
    return _count(session.execute(silent))


def _belongs_to(run: Run) -> tuple[ColumnElement[bool], ...]:
    return (
        Job.id == run.job.id,
        Job.run_id == run.run_id,
        Job.status == JobStatus.TRANSCRIBING,
    )


def _update(session: Session, run: Run, **values: Any) -> None:
    if _count(session.execute(update(Job).where(*_belongs_to(run)).values(**values))) == 0:
        raise RunLostError


def _count(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount
