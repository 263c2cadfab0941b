"""Scores that people bring: jobs that are READY at once, with nothing to hear."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import func
from sqlalchemy.orm import Session

from licklab.domain.transcription import Transcription
from licklab.formats.midi import write_midi
from licklab.formats.transcription_json import write_transcription
from licklab.service.database import Database
from licklab.service.jobs import EVIDENCE_NAME, MIDI_NAME, SCORE_SUFFIX, TRANSCRIPTION_NAME
from licklab.service.publication import replace_analysis
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobStatus

MEDIA_TYPES: Mapping[bytes, str] = MappingProxyType(
    {b"MThd": "audio/midi", b"PK\x03\x04": "application/vnd.recordare.musicxml"}
)
"""Media types of what may come, by how it begins; JSON and XML are told by their first sign."""


class Imports:
    """The use case around scores that people bring.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The files.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    def create(self, upload: Path, filename: str, transcription: Transcription) -> Job:
        """Make a job of a score that was read.

        Parameters
        ----------
        upload : Path
            From `Storage.new_upload`; it becomes the job's.
        filename : str
            For showing only.
        transcription : Transcription
            What the score says.

        Returns
        -------
        Job
            READY; it can be mended, exported and deleted as any other.
        """
        with upload.open("rb") as file:
            start = file.read(4)
        job = Job(
            id=uuid.uuid4(),
            status=JobStatus.CREATED,
            instrument=transcription.instrument,
            filename=filename,
            audio_suffix=SCORE_SUFFIX,
            media_type=MEDIA_TYPES.get(start, "application/octet-stream"),
            size_bytes=upload.stat().st_size,
            duration_sec=transcription.source.duration_sec,
        )
        self._storage.adopt_upload(upload, job.id, f"audio{SCORE_SUFFIX}")
        try:
            for name, content in (
                (TRANSCRIPTION_NAME, write_transcription(transcription)),
                (MIDI_NAME, write_midi(transcription)),
            ):
                self._storage.path(job.id, name).write_bytes(content)
            with self._database.transaction() as session:
                self._store(session, job, transcription)
        except BaseException:
            self._storage.delete(job.id)
            raise
        return job

    def _store(self, session: Session, job: Job, transcription: Transcription) -> None:
        session.add(job)
        session.flush()
        replace_analysis(session, job.id, transcription, self._storage.path(job.id, EVIDENCE_NAME))
        job.status = JobStatus.READY
        job.progress = 1.0
        job.note_count = len(transcription.notes)
        job.warnings = list(transcription.warnings)
        job.analysis_version = 1
        job.finished_at = job.result_at = func.now()
        session.flush()
        session.refresh(job)
