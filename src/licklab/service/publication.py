"""The rhythm and harmony of a finished run, as rows, with the edits of before laid over them."""

import uuid
from pathlib import Path

from sqlalchemy.orm import Session

from licklab.domain.analysis import Analysis
from licklab.domain.transcription import Transcription
from licklab.recalling import heard_span, recall_evidence
from licklab.service.analysis_rows import StoredAnalysis, delete_analysis, store_analysis
from licklab.service.analysis_tables import Layer
from licklab.service.edit_rows import lay_edits, load_live_edits


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
        Of the run, in its place or still a draft; it need not be there.
    """
    heard = StoredAnalysis(transcription.analysis or Analysis(), *heard_span(transcription))
    delete_analysis(session, job_id, *Layer)
    store_analysis(session, job_id, Layer.HEARD, heard)
    recall = recall_evidence(
        evidence, heard.heard_from_sec, heard.heard_to_sec, lambda: transcription.notes
    )
    lay_edits(session, job_id, heard, load_live_edits(session, job_id), recall)
