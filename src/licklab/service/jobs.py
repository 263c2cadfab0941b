"""What a user does with a job: create, look, cancel, retry, transcribe again, delete."""

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from redis.exceptions import RedisError
from sqlalchemy import func
from sqlalchemy.orm import Session

from licklab.engine.audio.probe import AudioInfo
from licklab.errors import LickLabError
from licklab.service.attempt_tables import lock_attempts
from licklab.service.database import Database
from licklab.service.lick_tables import CorpusRemovalRow
from licklab.service.listening import Listening
from licklab.service.queue import JobQueue
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobPurpose, JobStatus

log = logging.getLogger(__name__)

TRANSCRIPTION_NAME = "transcription.json"
MIDI_NAME = "transcription.mid"
EVIDENCE_NAME = "evidence.npz"
SCORE_SUFFIX = ".score"
"""Of the file of a job that came as a score: there is nothing to hear in it."""

CANCELLED = "You cancelled this job. Retry it to listen again."


class JobNotFoundError(LickLabError):
    """There is no job with that id."""


class JobFileMissingError(LickLabError):
    """A file that the job should have is not there."""


class JobStateError(LickLabError):
    """The job is in a state in which this cannot be done."""


def audio_name(job: Job) -> str:
    """Name the file of a job's recording.

    Parameters
    ----------
    job : Job
        The job.

    Returns
    -------
    str
        Without folders.
    """
    return f"audio{job.audio_suffix}"


class Jobs:
    """The use cases around jobs; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    queue : JobQueue
        The transport; it may be away.
    storage : Storage
        The files.
    """

    def __init__(self, database: Database, queue: JobQueue, storage: Storage) -> None:
        self._database = database
        self._queue = queue
        self._storage = storage

    def create(
        self,
        upload: Path,
        filename: str,
        info: AudioInfo,
        listening: Listening,
        *,
        title: str | None = None,
        tags: Sequence[str] = (),
        purpose: JobPurpose = JobPurpose.SOLO,
        store: Callable[[Session, Job], None] | None = None,
    ) -> Job:
        """Make a job of an accepted upload and queue it.

        Parameters
        ----------
        upload : Path
            From `Storage.new_upload`; it becomes the job's.
        filename : str
            For showing only.
        info : AudioInfo
            Of the upload.
        listening : Listening
            What to hear.
        title : str, optional
            What it is called; the file's name without one.
        tags : sequence of str, optional
            Its tags.
        purpose : JobPurpose, optional
            What it is for.
        store : callable, optional
            Writes the rows that belong to it, in its transaction.

        Returns
        -------
        Job
            Committed, whether or not the queue could be told.

        Raises
        ------
        RegionError
            If the region is not inside the recording.
        """
        listening.region.within(info.duration_sec)
        job = Job(
            id=uuid.uuid4(),
            status=JobStatus.CREATED,
            purpose=purpose,
            filename=filename,
            title=title,
            tags=list(tags),
            audio_suffix=info.format.suffix,
            media_type=info.format.media_type,
            size_bytes=upload.stat().st_size,
            duration_sec=info.duration_sec,
        )
        listening.write_to(job)
        self._storage.adopt_upload(upload, job.id, audio_name(job))
        try:
            with self._database.transaction() as session:
                session.add(job)
                session.flush()
                if store is not None:
                    store(session, job)
                session.refresh(job)
        except BaseException:
            self._storage.delete(job.id)
            raise
        self._enqueue(job.id)
        return job

    def get(self, job_id: uuid.UUID) -> Job:
        """Look a job up.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Job
            As it is now.

        Raises
        ------
        JobNotFoundError
            If there is none.
        """
        with self._database.reading() as session:
            return load_job(session, job_id)

    def cancel(self, job_id: uuid.UUID) -> Job:
        """Stop a job that waits or runs; its worker notices at its next report.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Job
            Failed, with the reason.

        Raises
        ------
        JobNotFoundError
            If there is none.
        JobStateError
            If it has already ended.
        """
        with self._database.transaction() as session:
            job = load_job(session, job_id, lock=True)
            if job.status not in (JobStatus.CREATED, JobStatus.TRANSCRIBING):
                raise JobStateError(
                    f"want a job that is CREATED or TRANSCRIBING to cancel, got {job.status}"
                )
            job.status = JobStatus.FAILED
            job.error = CANCELLED
            job.run_id = None
            job.stage = None
            job.finished_at = func.now()
            session.flush()
            session.refresh(job)
        self._dequeue(job_id)
        return job

    def retry(self, job_id: uuid.UUID) -> Job:
        """Queue a failed job once more, with all its attempts before it.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Job
            Created again.

        Raises
        ------
        JobNotFoundError
            If there is none.
        JobStateError
            If it has not failed.
        """
        with self._database.transaction() as session:
            job = load_job(session, job_id, lock=True)
            if job.status != JobStatus.FAILED:
                raise JobStateError(f"want a job that is FAILED to retry, got {job.status}")
            _start_over(session, job)
        self._enqueue(job_id)
        return job

    def transcribe_again(self, job_id: uuid.UUID, changes: Mapping[str, object]) -> Job:
        """Queue an ended job once more, to hear the same recording in another way.

        The result that is there stays until the new one replaces it, also when the new run fails.

        Parameters
        ----------
        job_id : UUID
            The job.
        changes : mapping of str to object
            As `Listening.changed` takes them; what is not in it stays as it is.

        Returns
        -------
        Job
            Created again.

        Raises
        ------
        JobNotFoundError
            If there is none.
        JobStateError
            If it waits or runs.
        InputError
            If a change cannot be made, or the region is not inside the recording.
        """
        with self._database.transaction() as session:
            job = load_job(session, job_id, lock=True)
            if job.audio_suffix == SCORE_SUFFIX:
                raise JobStateError("want a job with a recording to hear, got one with a score")
            if job.status not in (JobStatus.READY, JobStatus.FAILED):
                raise JobStateError(
                    f"want a job that is READY or FAILED to transcribe again, got {job.status}"
                )
            listening = Listening.of(job).changed(changes)
            listening.region.within(job.duration_sec)
            listening.write_to(job)
            _start_over(session, job)
        self._enqueue(job_id)
        return job

    def delete(self, job_id: uuid.UUID) -> None:
        """Remove a job: its row, its files and its place in the queue; so, too, attempts at it.

        Parameters
        ----------
        job_id : UUID
            The job.

        Raises
        ------
        JobNotFoundError
            If there is none.
        """
        # The files come back should the row stay, also when the commit itself fails.
        with ExitStack() as removals, self._database.transaction() as session:
            # The lock keeps a worker from publishing into the directory while it goes.
            job = load_job(session, job_id, lock=True)
            attempts = lock_attempts(session, job_id)
            gone = [one.id for one in (*attempts, job)]
            moves = [removals.enter_context(self._storage.removal(one)) for one in gone]
            has_solo = job.purpose == JobPurpose.SOLO
            if has_solo and (job.result_at is not None or job.status == JobStatus.READY):
                # Its solo leaves the corpus, or what is about to become it.
                session.add(CorpusRemovalRow(job_id=job_id))
            for one in (*attempts, job):
                session.delete(one)
            session.flush()
            for move in moves:
                move()
        for gone_id in gone:
            self._dequeue(gone_id)

    def _enqueue(self, job_id: uuid.UUID) -> None:
        try:
            self._queue.put(job_id)
        except RedisError as error:
            log.warning("job %s waits for Redis to come back: %s", job_id, error)

    def _dequeue(self, job_id: uuid.UUID) -> None:
        try:
            self._queue.remove(job_id)
        except RedisError as error:
            # A message without its job is dropped by the worker that gets it.
            log.warning("job %s leaves a message in Redis: %s", job_id, error)


def load_job(session: Session, job_id: uuid.UUID, *, lock: bool = False) -> Job:
    """Load a job within a transaction.

    Parameters
    ----------
    session : Session
        The transaction.
    job_id : UUID
        The job.
    lock : bool, optional
        Whether others that want to change it wait for the transaction's end.

    Returns
    -------
    Job
        The row.

    Raises
    ------
    JobNotFoundError
        If there is none.
    """
    job = session.get(Job, job_id, with_for_update=lock)
    if job is None:
        raise JobNotFoundError(f"want the id of a job, got {job_id}, which is no job here")
    return job


def _start_over(session: Session, job: Job) -> None:
    """Let a job wait again, with all its attempts before it; its result stays where it is."""
    job.status = JobStatus.CREATED
    job.error = None
    job.attempts = 0
    job.progress = 0.0
    job.started_at = job.finished_at = job.heartbeat_at = None
    session.flush()
    session.refresh(job)
