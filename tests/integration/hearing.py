"""Results as a worker publishes them, of what a test has thought up."""

import uuid
from typing import Any

import numpy as np
from sqlalchemy import func, select

from licklab.domain.analysis import Analysis
from licklab.domain.evidence import Evidence
from licklab.domain.note import Note
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.formats.evidence_npz import write_evidence
from licklab.formats.midi import write_midi
from licklab.formats.transcription_json import write_transcription
from licklab.service.database import Database
from licklab.service.jobs import EVIDENCE_NAME, MIDI_NAME, TRANSCRIPTION_NAME
from licklab.service.publication import replace_analysis
from licklab.service.runs import Runs
from licklab.service.settings import Settings


class Hearer:
    """Publishes results as a worker does, of what a test has thought up."""

    def __init__(self, settings: Settings) -> None:
        self.database = Database(settings.required_database_url)
        self.runs = Runs(self.database)
        self._root = settings.data_dir

    def publish(
        self,
        job: dict[str, Any],
        analysis: Analysis | None,
        *,
        duration_sec: float = 60.0,
        region: Region | None = None,
        evidence: Evidence | None = None,
        notes: tuple[Note, ...] | None = None,
    ) -> None:
        """Make a job READY."""
        if notes is None:
            onsets = np.arange(0.5, duration_sec - 1.0, 0.31).tolist()
            notes = tuple(Note(one, one + 0.2, 60, 80, 0.9) for one in onsets)
        transcription = Transcription(
            Source("solo.wav", duration_sec, "0" * 64, 44_100, 1),
            "tenor_sax",
            440.0,
            notes,
            EngineInfo("0.1.0"),
            region=region,
            analysis=analysis,
        )
        folder = self._root / job["id"]
        draft = folder / ".draft.npz"
        if evidence is not None:
            draft.write_bytes(write_evidence(evidence))
        run = self.runs.claim(uuid.UUID(job["id"]))
        assert run is not None

        def move() -> None:
            (folder / TRANSCRIPTION_NAME).write_bytes(write_transcription(transcription))
            (folder / MIDI_NAME).write_bytes(write_midi(transcription))
            if evidence is not None:
                draft.replace(folder / EVIDENCE_NAME)

        self.runs.publish(
            run,
            move,
            duration_sec=duration_sec,
            warnings=[],
            note_count=len(notes),
            store=lambda session: replace_analysis(session, run.job.id, transcription, draft),
        )

    def count(self, table: type[Any], job: dict[str, Any], *conditions: Any) -> int:
        """Count the rows of a job."""
        of_job = table.job_id == uuid.UUID(job["id"])
        query = select(func.count()).select_from(table).where(of_job, *conditions)
        with self.database.reading() as session:
            return session.scalar(query) or 0
