"""What a user does with attempts at a lick: play one, look at its marks, list them, delete them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from licklab.domain.instrument import INSTRUMENTS, Instrument
from licklab.domain.key import Key
from licklab.domain.mode import Mode
from licklab.domain.passage import Passage
from licklab.domain.transcription import Transcription
from licklab.engine.audio.probe import AudioInfo
from licklab.errors import LickError, UnknownAttemptError
from licklab.notation.passages import draw_passage
from licklab.practice.marking.attempt import FEWEST_NOTES, mark_attempt, semitones_to_key
from licklab.service.attempt_marks import write_marks
from licklab.service.attempt_tables import AttemptRow
from licklab.service.database import Database
from licklab.service.jobs import JobNotFoundError, Jobs, JobStateError, load_job
from licklab.service.licks import Licks
from licklab.service.listening import Listening
from licklab.service.results import has_result, load_result, lock_job_with_result
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobPurpose

# A page of practice shows some dozens.
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class AttemptWish:
    """What a player says of an attempt.

    Attributes
    ----------
    instrument : Instrument or None
        That is played; that of the solo if None.
    key : Key or None
        In which it is played; found out if None.
    tempo_bpm : float or None
        To which it is played; found out if None.
    """

    instrument: Instrument | None = None
    key: Key | None = None
    tempo_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt as it is now.

    Attributes
    ----------
    row : AttemptRow
        What it is at.
    job : Job
        Its recording.
    marks : dict or None
        As `licklab.service.attempt_marks` writes them; None until the job is READY.
    """

    row: AttemptRow
    job: Job
    marks: dict[str, Any] | None


class Attempts:
    """The use cases around attempts; each call is one transaction, marking takes two.

    Marks are made at the first look at an attempt that is READY, and kept: what somebody was told
    about what they played, and what their schedule went by, does not change when the lick is
    mended or the program marks otherwise, and a list reads no transcription.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The files.
    jobs : Jobs
        Where recordings become jobs.
    licks : Licks
        Where licks are found.
    """

    def __init__(self, database: Database, storage: Storage, jobs: Jobs, licks: Licks) -> None:
        self._database = database
        self._storage = storage
        self._jobs = jobs
        self._licks = licks

    def create(
        self, lick_id: uuid.UUID, upload: Path, filename: str, info: AudioInfo, wish: AttemptWish
    ) -> AttemptRecord:
        """Make an attempt of an accepted upload, and queue it.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        upload : Path
            From `Storage.new_upload`; it becomes the job's.
        filename : str
            For showing only.
        info : AudioInfo
            Of the upload.
        wish : AttemptWish
            What the player says of it.

        Returns
        -------
        AttemptRecord
            Committed, whether or not the queue could be told.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        LickError
            If its notes are no longer there, or it cannot be played in the key that is wanted.
        JobStateError
            If it is a lick of an attempt.
        """
        solo_id, study, span = self._licks.locate(lick_id)
        note_ids = list(study.line.note_ids[span.start : span.stop])
        with self._database.transaction() as session:
            solo = _lock_solo(session, solo_id)
            passage = _draw(load_result(session, self._storage, solo_id), note_ids)
        semitones_to_key(passage, wish.key)
        row = AttemptRow(
            solo_id=solo_id,
            lick_id=lick_id,
            note_ids=note_ids,
            key=None if wish.key is None else str(wish.key),
            tempo_bpm=wish.tempo_bpm,
        )

        def store(session: Session, job: Job) -> None:
            _lock_solo(session, solo_id)  # whoever deletes it finds this attempt
            row.job_id = job.id
            session.add(row)
            session.flush()
            session.refresh(row)

        job = self._jobs.create(
            upload,
            filename,
            info,
            # A lick is one line, also on instruments that play chords.
            Listening(wish.instrument or INSTRUMENTS[solo.instrument], Mode.LINE),
            purpose=JobPurpose.ATTEMPT,
            store=store,
        )
        return AttemptRecord(row, job, None)

    def get(self, attempt_id: uuid.UUID) -> AttemptRecord:
        """Look at an attempt, and mark it if it is READY and not yet marked.

        Parameters
        ----------
        attempt_id : UUID
            The attempt.

        Returns
        -------
        AttemptRecord
            As it is now.

        Raises
        ------
        UnknownAttemptError
            If there is none.
        JobFileMissingError
            If the file of its result, or of the solo's, is not there.
        """
        with self._database.reading() as session:
            row, job = _load(session, attempt_id)
        if not has_result(job) or row.marks_version == job.analysis_version:
            return AttemptRecord(row, job, row.marks if has_result(job) else None)
        return self._mark(attempt_id)

    def list(self, lick_id: uuid.UUID) -> Sequence[AttemptRecord]:
        """List the attempts at a lick.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Returns
        -------
        sequence of AttemptRecord
            The last first, at most 200, with marks where they are READY.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        JobFileMissingError
            If the file of a result is not there.
        """
        self._licks.get(lick_id)
        query = (
            select(AttemptRow, Job)
            .join(Job, Job.id == AttemptRow.job_id)
            .where(AttemptRow.lick_id == lick_id)
            .order_by(AttemptRow.created_at.desc(), AttemptRow.job_id)
            .limit(_MOST_LISTED)
        )
        with self._database.reading() as session:
            found = [(row, job) for row, job in session.execute(query)]
        records = []
        for row, job in found:
            if has_result(job) and row.marks_version != job.analysis_version:
                try:
                    records.append(self._mark(row.job_id))
                except UnknownAttemptError:
                    continue  # deleted a moment ago
            else:
                records.append(AttemptRecord(row, job, row.marks if has_result(job) else None))
        return records

    def delete(self, attempt_id: uuid.UUID) -> None:
        """Delete an attempt with its recording.

        Parameters
        ----------
        attempt_id : UUID
            The attempt.

        Raises
        ------
        UnknownAttemptError
            If there is none.
        """
        with self._database.reading() as session:
            _load(session, attempt_id)
        try:
            self._jobs.delete(attempt_id)
        except JobNotFoundError as error:
            raise _unknown(attempt_id) from error

    def delete_of_lick(self, lick_id: uuid.UUID) -> None:
        """Delete all attempts at a lick that was deleted.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        """
        query = select(AttemptRow.job_id).where(AttemptRow.lick_id == lick_id)
        with self._database.reading() as session:
            gone = session.scalars(query).all()
        for one in gone:
            try:
                self._jobs.delete(one)
            except JobNotFoundError:
                continue  # somebody was quicker

    def _mark(self, attempt_id: uuid.UUID) -> AttemptRecord:
        """Mark an attempt; of several requests for one, all make the same marks."""
        with self._database.transaction() as session:
            row, job = _load(session, attempt_id)
            heard = load_result(session, self._storage, attempt_id)
            solo = load_result(session, self._storage, row.solo_id)
        marks = _mark_heard(row, heard, solo)
        with self._database.transaction() as session:
            row, job = _load(session, attempt_id, lock=True)
            row.marks, row.marks_version = marks, job.analysis_version
            session.flush()
            session.refresh(row)
        return AttemptRecord(row, job, marks)


def _mark_heard(row: AttemptRow, heard: Transcription, solo: Transcription) -> dict[str, Any]:
    try:
        passage = _draw(solo, row.note_ids)
        key = None if row.key is None else Key.parse(row.key)
        semitones = semitones_to_key(passage, key)
    except LickError as error:
        return write_marks(None, None, str(error))
    onsets = dict(zip(solo.note_ids, (one.onset_sec for one in solo.notes), strict=True))
    marks = mark_attempt(
        passage,
        heard.notes,
        recorded_sec={one: onsets[one] for one in row.note_ids if one in onsets},
        semitones=semitones,
        tempo_bpm=row.tempo_bpm,
    )
    return write_marks(passage, marks)


def _draw(solo: Transcription, note_ids: Sequence[str]) -> Passage:
    passage = draw_passage(solo, note_ids)
    if len(passage.notes) < FEWEST_NOTES:
        raise LickError(
            f"want a lick of at least {FEWEST_NOTES} notes to play back, got {len(passage.notes)}"
        )
    return passage


def _lock_solo(session: Session, solo_id: uuid.UUID) -> Job:
    solo = lock_job_with_result(session, solo_id, read=True)
    if solo.purpose != JobPurpose.SOLO:
        raise JobStateError("want a lick of a solo to play back, got one of an attempt")
    return solo


def _load(session: Session, attempt_id: uuid.UUID, *, lock: bool = False) -> tuple[AttemptRow, Job]:
    row = session.get(AttemptRow, attempt_id, with_for_update=lock)
    if row is None:
        raise _unknown(attempt_id)
    return row, load_job(session, attempt_id)


def _unknown(attempt_id: uuid.UUID) -> UnknownAttemptError:
    return UnknownAttemptError(
        f"want the id of an attempt, got {attempt_id}, which is no attempt here"
    )
