"""The rhythm and harmony of a finished run, as rows, with the edits of before laid over them."""

import uuid
from pathlib import Path

from sqlalchemy.orm import Session

from licklab.domain.analysis import Analysis
from licklab.domain.transcription import Transcription
from licklab.service.analysis_rows import StoredAnalysis, delete_analysis, store_analysis
from licklab.service.analysis_tables import Layer
from licklab.service.edit_rows import lay_edits
from licklab.service.recall import recall_evidence


def replace_analysis(
    session: Session, job_id: uuid.UUID, transcription: Transcription, evidence: Path
) -> None:
    """Replace what was heard before, and lay the live edits over what is heard now.

    Parameters
    ----------
    session : Session
        In the transaction that says READY, with the job's lock.
    job_id : UUID
        The job.
    transcription : Transcription
        Of the run.
    evidence : Path
        Of the run, already in its place; it need not be there.
    """
    heard = _heard_in(transcription)
    delete_analysis(session, job_id, *Layer)
    store_analysis(session, job_id, Layer.HEARD, heard)
    recall = recall_evidence(
        evidence, heard.heard_from_sec, heard.heard_to_sec, lambda: transcription.notes
    )
    lay_edits(session, job_id, heard, recall)


def _heard_in(transcription: Transcription) -> StoredAnalysis:
    region = transcription.region
    start_sec, end_sec = 0.0, transcription.source.duration_sec
    if region is not None:
        assert region.start_sec is not None
        assert region.end_sec is not None
        start_sec, end_sec = region.start_sec, region.end_sec
    return StoredAnalysis(transcription.analysis or Analysis(), start_sec, end_sec)
