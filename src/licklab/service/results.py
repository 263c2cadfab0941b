"""The result of a job as it is now: what was heard or brought, with all that was mended."""

import uuid
from dataclasses import replace

from sqlalchemy.orm import Session

from licklab.domain.recall import Recall
from licklab.domain.transcription import Transcription
from licklab.domain.transcription_mending import lay_note_edits, with_notes
from licklab.formats.transcription_json import read_transcription
from licklab.recalling import heard_span
from licklab.service.analysis_rows import load_analysis
from licklab.service.analysis_tables import Layer
from licklab.service.edit_rows import load_note_edits
from licklab.service.jobs import (
    TRANSCRIPTION_NAME,
    JobFileMissingError,
    JobNotFoundError,
    JobStateError,
)
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobStatus


def has_result(job: Job) -> bool:
    """Tell whether a job has been READY.

    Parameters
    ----------
    job : Job
        Its row.

    Returns
    -------
    bool
        Also while it is heard again, and when that failed.
    """
    # A worker of before writes no `result_at`.
    return job.result_at is not None or job.status == JobStatus.READY


def lock_job_with_result(session: Session, job_id: uuid.UUID, *, read: bool = False) -> Job:
    """Look a job up, and keep rows and files of one run together until the transaction ends.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.
    read : bool
        Whether others may read meanwhile; if not, one comes after another.

    Returns
    -------
    Job
        Locked.

    Raises
    ------
    JobNotFoundError
        If there is none.
    JobStateError
        If it has no result yet.
    """
    job = session.get(Job, job_id, with_for_update={"read": read}, populate_existing=True)
    if job is None:
        raise no_such_job(job_id)
    if not has_result(job):
        raise JobStateError(f"want a job that is READY, got {job.status}")
    return job


def no_such_job(job_id: uuid.UUID) -> JobNotFoundError:
    """Say that there is no job of that id.

    Parameters
    ----------
    job_id : UUID
        That was asked for.

    Returns
    -------
    JobNotFoundError
        To be raised.
    """
    return JobNotFoundError(f"want the id of a job, got {job_id}, which is no job here")


def load_result(session: Session, storage: Storage, job_id: uuid.UUID) -> Transcription:
    """Read a result with its edits.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    storage : Storage
        With the file of the result.
    job_id : UUID
        The job.

    Returns
    -------
    Transcription
        As it is mended.

    Raises
    ------
    JobFileMissingError
        If the file is not there.
    """
    try:
        content = storage.path(job_id, TRANSCRIPTION_NAME).read_bytes()
    except FileNotFoundError as error:
        raise JobFileMissingError(
            f"want the result of the job {job_id}, got none: its file is no longer there"
        ) from error
    heard = read_transcription(content)
    mended = load_analysis(session, job_id, Layer.MENDED)
    if mended is not None:
        heard = replace(heard, analysis=mended.analysis)
    edits = load_note_edits(session, job_id)
    if not edits:
        return heard
    return with_notes(heard, lay_note_edits(heard, edits, Recall(*heard_span(heard))))
