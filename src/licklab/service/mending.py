"""What a user does with rhythm, harmony and notes: look, edit, undo, redo."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from licklab.domain.analysis import Analysis
from licklab.domain.mending import AnalysisEdit, SettledEdit, settle_edit
from licklab.domain.note_edit import EditNotes
from licklab.domain.recall import Recall
from licklab.domain.transcription import Transcription
from licklab.domain.transcription_mending import lay_note_edits, settle_note_edit, with_notes
from licklab.formats.transcription_json import read_transcription
from licklab.recalling import heard_span, recall_evidence
from licklab.service.analysis_rows import StoredAnalysis, load_analysis
from licklab.service.analysis_tables import EditKind, Layer
from licklab.service.database import Database
from licklab.service.edit_rows import (
    EditRecord,
    add_edit,
    kind_of,
    lay_edits,
    list_edits,
    load_live_edits,
    load_note_edits,
    redo_edit,
    undo_edit,
)
from licklab.service.jobs import (
    EVIDENCE_NAME,
    TRANSCRIPTION_NAME,
    JobFileMissingError,
    JobStateError,
)
from licklab.service.results import lock_job_with_result, no_such_job
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobStatus


class StaleEditError(JobStateError):
    """The edit was made on a version that is no longer there.

    Parameters
    ----------
    wanted : int
        The version that it was made on.
    version : int
        That is there now.

    Attributes
    ----------
    version : int
        That is there now.
    """

    def __init__(self, wanted: int, version: int) -> None:
        super().__init__(
            f"want an edit of version {version}, which is there now, got one of version {wanted}: "
            "look again, then repeat it"
        )
        self.version = version


@dataclass(frozen=True, slots=True)
class MendedAnalysis:
    """The rhythm and harmony of a job, and how they came to be.

    Attributes
    ----------
    version : int
        Grows with every change.
    stored : StoredAnalysis
        As it is mended.
    edits : list of EditRecord
        The oldest first.
    """

    version: int
    stored: StoredAnalysis
    edits: list[EditRecord]

    @property
    def is_mended(self) -> bool:
        """Whether anything differs from what was heard."""
        return any(not one.undone for one in self.edits)


@dataclass(frozen=True, slots=True)
class MendedNotes:
    """The notes of a job, and how they came to be.

    Attributes
    ----------
    version : int
        Grows with every change.
    transcription : Transcription
        As it is mended.
    warnings : tuple of str
        Where edits name what this hearing does not have.
    edits : list of EditRecord
        Of all kinds, the oldest first.
    """

    version: int
    transcription: Transcription
    warnings: tuple[str, ...]
    edits: list[EditRecord]


class Mending:
    """The use cases around rhythm, harmony and notes; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The files, with the evidence.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    def look(self, job_id: uuid.UUID) -> MendedAnalysis:
        """Look at the rhythm and harmony of a result.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        MendedAnalysis
            As it is now.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        """
        with self._database.transaction() as session:
            return _look(session, lock_job_with_result(session, job_id, read=True))

    def edit(
        self, job_id: uuid.UUID, edit: AnalysisEdit, version: int | None = None
    ) -> MendedAnalysis:
        """Make an edit of rhythm or harmony.

        Parameters
        ----------
        job_id : UUID
            The job.
        edit : AnalysisEdit
            What the user says.
        version : int, optional
            What they saw; whatever is there if omitted.

        Returns
        -------
        MendedAnalysis
            As it is after that.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it is not READY.
        StaleEditError
            If another version is there.
        InputError
            If it cannot be so.
        """

        def change(
            session: Session, job: Job, heard: StoredAnalysis, recall: Recall
        ) -> list[SettledEdit]:
            live = load_live_edits(session, job.id)
            settled = settle_edit(edit, _seen(session, job.id, heard, live, edit), recall)
            add_edit(session, job.id, job.analysis_version + 1, settled)
            return [*live, settled]

        return self._change(job_id, version, change)

    def undo(self, job_id: uuid.UUID, version: int | None = None) -> MendedAnalysis:
        """Take the last edit back.

        Parameters
        ----------
        job_id : UUID
            The job.
        version : int, optional
            What the user saw; whatever is there if omitted.

        Returns
        -------
        MendedAnalysis
            As it was before it.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it is not READY, or there is no edit.
        StaleEditError
            If another version is there.
        """

        def change(
            session: Session, job: Job, _: StoredAnalysis, __: Recall
        ) -> list[SettledEdit] | None:
            kind = undo_edit(session, job.id)
            if kind is None:
                raise JobStateError("want a job with an edit to take back, got one without")
            return None if kind is EditKind.NOTES else load_live_edits(session, job.id)

        return self._change(job_id, version, change)

    def redo(self, job_id: uuid.UUID, version: int | None = None) -> MendedAnalysis:
        """Make the edit that was taken back last again.

        Parameters
        ----------
        job_id : UUID
            The job.
        version : int, optional
            What the user saw; whatever is there if omitted.

        Returns
        -------
        MendedAnalysis
            As it was after it.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it is not READY, or no edit was taken back since the last one was made.
        StaleEditError
            If another version is there.
        """

        def change(
            session: Session, job: Job, _: StoredAnalysis, __: Recall
        ) -> list[SettledEdit] | None:
            kind = redo_edit(session, job.id)
            if kind is None:
                raise JobStateError("want a job with an edit that was taken back, got one without")
            return None if kind is EditKind.NOTES else load_live_edits(session, job.id)

        return self._change(job_id, version, change)

    def transcription(self, job_id: uuid.UUID) -> Transcription | None:
        """Read a result with its edits.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Transcription or None
            None when nothing is mended: the files tell all.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        FileNotFoundError
            If its file is not there.
        """
        with self._database.transaction() as session:
            # The lock keeps rows and file of one run together.
            job = lock_job_with_result(session, job_id, read=True)
            mended = load_analysis(session, job_id, Layer.MENDED)
            edits = load_note_edits(session, job_id)
            if mended is None and not edits:
                return None
            heard = self._read(job.id)
        if mended is not None:
            heard = replace(heard, analysis=mended.analysis)
        return with_notes(heard, lay_note_edits(heard, edits, Recall(*heard_span(heard))))

    def version_of(self, job_id: uuid.UUID) -> int:
        """Tell of which version a result is.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        int
            Grows with every change.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        """
        with self._database.transaction() as session:
            return lock_job_with_result(session, job_id, read=True).analysis_version

    def look_at_notes(self, job_id: uuid.UUID) -> MendedNotes:
        """Look at the notes of a result.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        MendedNotes
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
        with self._database.transaction() as session:
            job = lock_job_with_result(session, job_id, read=True)
            edits = load_note_edits(session, job_id)
            return _mend_notes(session, job, self._read_result(job_id), edits)

    def edit_notes(
        self, job_id: uuid.UUID, edit: EditNotes, version: int | None = None
    ) -> MendedNotes:
        """Make an edit of notes.

        Parameters
        ----------
        job_id : UUID
            The job.
        edit : EditNotes
            What the user says.
        version : int, optional
            What they saw; whatever is there if omitted.

        Returns
        -------
        MendedNotes
            As they are after that.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it is not READY.
        JobFileMissingError
            If the file of the result is not there.
        StaleEditError
            If another version is there.
        NoteError
            If the notes cannot be so.
        """
        with self._database.transaction() as session:
            job = _job_to_mend(session, job_id, version)
            heard = self._read_result(job_id)
            edits = load_note_edits(session, job_id)
            recall = Recall(*heard_span(heard))
            notes = lay_note_edits(heard, edits, recall).notes
            job.analysis_version += 1
            # No two edits of a job have one version, whatever is undone.
            settled = settle_note_edit(edit, notes, job.analysis_version, recall)
            add_edit(session, job_id, job.analysis_version, settled)
            return _mend_notes(session, job, heard, [*edits, settled])

    def _read_result(self, job_id: uuid.UUID) -> Transcription:
        try:
            return self._read(job_id)
        except FileNotFoundError as error:
            raise JobFileMissingError(
                f"want the result of the job {job_id}, got none: its file is no longer there"
            ) from error

    def _read(self, job_id: uuid.UUID) -> Transcription:
        return read_transcription(self._storage.path(job_id, TRANSCRIPTION_NAME).read_bytes())

    def _change(
        self,
        job_id: uuid.UUID,
        version: int | None,
        change: Callable[[Session, Job, StoredAnalysis, Recall], list[SettledEdit] | None],
    ) -> MendedAnalysis:
        with self._database.transaction() as session:
            job = _job_to_mend(session, job_id, version)
            heard = load_analysis(session, job_id, Layer.HEARD) or _nothing_heard(job)
            recall = recall_evidence(
                self._storage.path(job_id, EVIDENCE_NAME),
                heard.heard_from_sec,
                heard.heard_to_sec,
                lambda: self._read(job_id).notes,
            )
            live = change(session, job, heard, recall)
            job.analysis_version += 1
            if live is None:  # of the notes
                return _look(session, job)
            mended = lay_edits(session, job_id, heard, live, recall)
            return MendedAnalysis(job.analysis_version, mended, list_edits(session, job_id))


def _seen(
    session: Session,
    job_id: uuid.UUID,
    heard: StoredAnalysis,
    live: list[SettledEdit],
    edit: AnalysisEdit,
) -> Analysis:
    """Tell what a user saw before an edit, as far as the edit goes by it."""
    grid = next((one.grid for one in reversed(live) if one.grid is not None), None)
    if kind_of(edit) is EditKind.GRID and grid is not None and _covers(live, heard):
        # Beats go by beats alone: the rest need not be read.
        return Analysis(grid=grid)
    mended = load_analysis(session, job_id, Layer.MENDED) if live else None
    return (mended or heard).analysis


def _covers(live: list[SettledEdit], heard: StoredAnalysis) -> bool:
    """Tell whether as much is heard now as when the beats were mended."""
    return all(
        (one.heard_from_sec, one.heard_to_sec) == (heard.heard_from_sec, heard.heard_to_sec)
        for one in live
    )


def _job_to_mend(session: Session, job_id: uuid.UUID, version: int | None) -> Job:
    # The lock lets one edit after another come: none is lost.
    job = session.get(Job, job_id, with_for_update=True)
    if job is None:
        raise no_such_job(job_id)
    if job.status != JobStatus.READY:
        raise JobStateError(f"want a job that is READY to mend, got {job.status}")
    if version is not None and version != job.analysis_version:
        raise StaleEditError(version, job.analysis_version)
    return job


def _look(session: Session, job: Job) -> MendedAnalysis:
    stored = (
        load_analysis(session, job.id, Layer.MENDED)
        or load_analysis(session, job.id, Layer.HEARD)
        or _nothing_heard(job)
    )
    return MendedAnalysis(job.analysis_version, stored, list_edits(session, job.id))


def _nothing_heard(job: Job) -> StoredAnalysis:
    """Stand for the result of a version that heard no beats and chords."""
    end_sec = job.duration_sec if job.end_sec is None else job.end_sec
    return StoredAnalysis(Analysis(), job.start_sec or 0.0, min(end_sec, job.duration_sec))


def _mend_notes(
    session: Session, job: Job, heard: Transcription, edits: list[SettledEdit]
) -> MendedNotes:
    """Give the notes of a job on the beats as they are mended."""
    mended = load_analysis(session, job.id, Layer.MENDED)
    if mended is not None:
        heard = replace(heard, analysis=mended.analysis)
    laid = lay_note_edits(heard, edits, Recall(*heard_span(heard)))
    version, history = job.analysis_version, list_edits(session, job.id)
    return MendedNotes(version, with_notes(heard, laid), laid.warnings, history)
