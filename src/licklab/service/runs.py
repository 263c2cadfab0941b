"""What workers do with jobs: claim one, report, publish, fail, give it back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, null
from sqlalchemy.orm import Session

from licklab.domain.progress import Progress
from licklab.service.claims import Claims
from licklab.service.database import Database
from licklab.service.tables import Job, JobStatus

_JOBS = Claims(
    Job,
    waiting=JobStatus.CREATED.value,
    running=JobStatus.TRANSCRIBING.value,
    failed=JobStatus.FAILED.value,
    aside={"stage": null()},
)


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job; `job` is as it was when claimed, with the id of the run."""

    job: Job

    @property
    def run_id(self) -> uuid.UUID:
        """Of this attempt alone."""
        assert self.job.run_id is not None  # it was claimed
        return self.job.run_id


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
        with self._database.transaction() as session:
            job = _JOBS.claim(session, job_id, started_at=func.now())
        return None if job is None else Run(job)

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
            _JOBS.lock(session, run.job)
            store(session)
            _JOBS.end(
                session,
                run.job,
                status=JobStatus.READY,
                progress=1.0,
                duration_sec=duration_sec,
                warnings=warnings,
                note_count=note_count,
                analysis_version=Job.analysis_version + 1,
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
        with self._database.transaction() as session:
            _JOBS.end(session, run.job, status=JobStatus.FAILED, error=error)

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
        with self._database.transaction() as session:
            _JOBS.give_back(session, run.job)

    def _change(self, run: Run, **values: Any) -> None:
        with self._database.transaction() as session:
            _JOBS.change(session, run.job, **values)


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
    reason = (
        f"The program stopped in the middle of this recording {max_attempts} times. The file may "
        "be too much for this machine: try a shorter excerpt, or retry."
    )
    return _JOBS.recover(session, lease_sec=lease_sec, max_attempts=max_attempts, reason=reason)
