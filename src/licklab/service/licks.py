"""What a user does with licks: look, choose, name, trim, delete, understand."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from licklab.domain.solo_line import NoteSpan
from licklab.errors import LickError
from licklab.formats.line_analysis_json import write_line_analysis, write_span
from licklab.service.corpus_access import CorpusAccess
from licklab.service.database import Database
from licklab.service.lick_rows import (
    LickRecord,
    count_chosen,
    judge_at,
    load_records,
    load_row,
    new_row,
    next_number,
    record_of,
    renew_rows,
    write_row,
)
from licklab.service.lick_tables import LickOrigin, LickRow, PhrasesRow
from licklab.service.results import has_result, lock_job_with_result
from licklab.service.selections import Selection, Stretch, choose
from licklab.service.storage import Storage
from licklab.service.studies import Studies
from licklab.service.tables import Job
from licklab.studying.study import Study

# Each is judged anew after every edit, some milliseconds long. A solo of ten minutes has some 300
# phrases.
_MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True)
class JobLicks:
    """The licks of a job.

    Attributes
    ----------
    version : int
        Of the analysis that they were found in.
    phrases : list of dict
        Of schema `licklab.licks/1`.
    licks : list of LickRecord
        Those found, the best first, before those chosen.
    """

    version: int
    phrases: list[dict[str, Any]]
    licks: list[LickRecord]


@dataclass(frozen=True, slots=True)
class ChangedLick:
    """What is different about a lick.

    Attributes
    ----------
    name : str or None
        Its new name, where it has one.
    is_named : bool
        Whether the name changes.
    selection : Stretch or Bars or None
        Where it is from now on; None where it was.
    """

    name: str | None = None
    is_named: bool = False
    selection: Selection | None = None


class Licks:
    """The use cases around licks; each call is one transaction.

    Licks are found when they are first asked for, and again when the notes, beats or changes of
    their job are no longer what they were found in.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The files.
    corpus : CorpusAccess
        Where players are counted; it may be away.
    """

    def __init__(self, database: Database, storage: Storage, corpus: CorpusAccess) -> None:
        self._database = database
        self._corpus = corpus
        self._studies = Studies(database, storage, corpus)

    def list(self, job_id: uuid.UUID) -> JobLicks:
        """List the licks of a job.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        JobLicks
            As they are now.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        JobFileMissingError
            If the file of the result is not there.
        """
        self._study_if_stale(job_id)
        with self._database.transaction() as session:
            job = self._renew(session, job_id)
            phrases = session.get(PhrasesRow, job_id)
            assert phrases is not None  # written with the licks
            return JobLicks(job.analysis_version, phrases.body, load_records(session, job_id))

    def choose(
        self, job_id: uuid.UUID, selection: Selection, name: str | None
    ) -> tuple[int, LickRecord]:
        """Make a lick of what a person chose.

        Parameters
        ----------
        job_id : UUID
            The job.
        selection : Stretch or Bars
            Where it is.
        name : str or None
            What they call it.

        Returns
        -------
        version : int
            Of the analysis that it was chosen in.
        lick : LickRecord
            Judged as the found ones are.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        JobFileMissingError
            If the file of the result is not there.
        LickError
            If it has too few notes, or so many were chosen that no more are kept.
        """
        self._studies.of_job(job_id)
        with self._database.transaction() as session:
            job = self._renew(session, job_id)
            n_chosen = count_chosen(session, job_id)
            if n_chosen >= _MOST_CHOSEN:
                raise LickError(f"want at most {_MOST_CHOSEN} chosen licks a job, got one more")
            study = self._studies.of_locked(session, job)
            span = choose(study, selection)
            with self._corpus.counting() as count_players:
                lick = judge_at(study, span, count_players)
            number = next_number(session, job_id)
            row = new_row(job_id, LickOrigin.CHOSEN, number, study, lick)
            row.name = name
            session.add(row)
            session.flush()
            return job.analysis_version, record_of(row)

    def get(self, lick_id: uuid.UUID) -> tuple[int, LickRecord]:
        """Look a lick up.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Returns
        -------
        version : int
            Of the analysis that it was found in.
        lick : LickRecord
            As it is now.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        JobFileMissingError
            If the file of the job's result is not there.
        """
        self._study_if_stale(self._job_of(lick_id))
        with self._database.transaction() as session:
            job, row = self._load(session, lick_id)
            return job.analysis_version, record_of(row)

    def change(self, lick_id: uuid.UUID, changed: ChangedLick) -> tuple[int, LickRecord]:
        """Name or trim a lick.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        changed : ChangedLick
            What is different. A found one that is trimmed is a chosen one from then on.

        Returns
        -------
        version : int
            Of the analysis that it was judged in.
        lick : LickRecord
            As it is after that.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        JobFileMissingError
            If the file of the job's result is not there.
        LickError
            If too few notes are left.
        """
        job_id = self._job_of(lick_id)
        if changed.selection is not None:
            self._studies.of_job(job_id)
        self._study_if_stale(job_id)
        with self._database.transaction() as session:
            job, row = self._load(session, lick_id)
            if changed.is_named:
                row.name = changed.name
            if changed.selection is not None:
                self._trim(session, job, row, changed.selection)
            session.flush()
            return job.analysis_version, record_of(row)

    def delete(self, lick_id: uuid.UUID) -> None:
        """Delete a lick; one that was found does not come back.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        JobFileMissingError
            If the file of the job's result is not there.
        """
        self._study_if_stale(self._job_of(lick_id))
        with self._database.transaction() as session:
            _, row = self._load(session, lick_id)
            if row.origin == LickOrigin.CHOSEN:
                session.delete(row)
            else:
                row.is_hidden = True

    def locate(self, lick_id: uuid.UUID) -> tuple[uuid.UUID, Study, NoteSpan]:
        """Find the notes of a lick.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Returns
        -------
        job_id : UUID
            Its job.
        study : Study
            Of the job's result as it is now.
        span : NoteSpan
            The notes of the lick.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        JobFileMissingError
            If the file of the job's result is not there.
        LickError
            If its notes are no longer there.
        """
        self._studies.of_job(self._job_of(lick_id))
        with self._database.transaction() as session:
            job, row = self._load(session, lick_id)
            study = self._studies.of_locked(session, job)
        return job.id, study, choose(study, Stretch(row.from_sec, row.to_sec))

    def select(self, job_id: uuid.UUID, selection: Selection | None) -> tuple[Study, NoteSpan]:
        """Find the notes that a person chose, without making a lick of them.

        Parameters
        ----------
        job_id : UUID
            The job.
        selection : Stretch or Bars or None
            Where they are; None for the whole solo.

        Returns
        -------
        study : Study
            Of the job's result as it is now.
        span : NoteSpan
            The notes.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        JobFileMissingError
            If the file of the result is not there.
        LickError
            If there are too few notes.
        """
        study = self._studies.of_job(job_id)
        return study, choose(study, selection)

    def _job_of(self, lick_id: uuid.UUID) -> uuid.UUID:
        with self._database.reading() as session:
            return load_row(session, lick_id).job_id

    def _study_if_stale(self, job_id: uuid.UUID) -> None:
        """Study a result whose licks are not there, before the job's lock is taken."""
        with self._database.reading() as session:
            job = session.get(Job, job_id)
        if job is not None and has_result(job) and job.licks_version != job.analysis_version:
            self._studies.of_job(job_id)

    def _load(self, session: Session, lick_id: uuid.UUID) -> tuple[Job, LickRow]:
        job = self._renew(session, load_row(session, lick_id).job_id)
        return job, load_row(session, lick_id)

    def _renew(self, session: Session, job_id: uuid.UUID) -> Job:
        """Find the licks of a job unless they are there; one request does, the others wait."""
        job = lock_job_with_result(session, job_id)
        if job.licks_version == job.analysis_version:
            return job
        study = self._studies.of_locked(session, job)
        with self._corpus.counting() as count_players:
            renew_rows(session, job_id, study, count_players)
        phrases = [write_span(study.line, one) for one in study.phrases]
        session.merge(PhrasesRow(job_id=job_id, body=phrases))
        # The job itself is as old as before.
        version = (
            update(Job)
            .where(Job.id == job_id)
            .values(licks_version=Job.analysis_version, updated_at=Job.updated_at)
        )
        session.execute(version)
        return job

    def _trim(self, session: Session, job: Job, row: LickRow, selection: Selection) -> None:
        study = self._studies.of_locked(session, job)
        span = choose(study, selection)
        if row.origin == LickOrigin.FOUND:
            # The one that was found stays behind, hidden: it must not come back beside this one.
            session.add(
                LickRow(
                    id=uuid.uuid4(), job_id=job.id, origin=LickOrigin.FOUND.value, is_hidden=True,
                    number=row.number, from_sec=row.from_sec, to_sec=row.to_sec, body=row.body,
                )
            )  # fmt: skip
            row.origin = LickOrigin.CHOSEN.value
            row.number = next_number(session, job.id)
        with self._corpus.counting() as count_players:
            write_row(row, study, judge_at(study, span, count_players))


def describe(study: Study, span: NoteSpan) -> dict[str, Any]:
    """Tell what some notes do.

    Parameters
    ----------
    study : Study
        Of the solo.
    span : NoteSpan
        The notes.

    Returns
    -------
    dict
        Of schema `licklab.analysis/1`.
    """
    return write_line_analysis(study.line, study.analysis, span, study.describe(span))
