"""Between the edits of a job and their rows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, delete, func, select, true, update
from sqlalchemy.orm import Session

from licklab.domain.chord_edit import LayChart, SetKey, WriteChords
from licklab.domain.mending import Edit, SettledEdit, mend
from licklab.domain.note_edit import EditNotes
from licklab.domain.recall import Recall
from licklab.formats.edits_json import read_edit, read_outcome, write_edit, write_outcome
from licklab.service.analysis_rows import StoredAnalysis, delete_analysis, store_analysis
from licklab.service.analysis_tables import EditKind, EditRow, Layer

# Every answer lists all edits. A chart of 32 bars, or two bars of taps, are shown as they were
# said; of a book of charts its beginning tells which it is.
_LONG_CHARACTERS, _SHOWN_CHARACTERS = 2000, 200


@dataclass(frozen=True, slots=True)
class EditRecord:
    """One edit in the history of a job.

    Attributes
    ----------
    version : int
        Of the analysis that it made.
    kind : EditKind
        What it is of.
    body : dict
        As it was said; of one that is long what it is, with the member `truncated`.
    fit : dict or None
        Of a chart.
    created_at : datetime
        When it was said.
    undone : bool
        Whether it was taken back, and can be made again.
    """

    version: int
    kind: EditKind
    body: dict[str, Any]
    fit: dict[str, Any] | None
    created_at: datetime
    undone: bool


def kind_of(edit: Edit) -> EditKind:
    """Tell what an edit is of.

    Parameters
    ----------
    edit : Edit
        The edit.

    Returns
    -------
    EditKind
        Grid, chords, key or notes.
    """
    if isinstance(edit, SetKey):
        return EditKind.KEY
    if isinstance(edit, EditNotes):
        return EditKind.NOTES
    return EditKind.CHORDS if isinstance(edit, WriteChords | LayChart) else EditKind.GRID


def list_edits(session: Session, job_id: uuid.UUID) -> list[EditRecord]:
    """List the edits of a job.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.

    Returns
    -------
    list of EditRecord
        The oldest first; those that were undone come last.
    """
    query = (
        select(
            EditRow.version, EditRow.kind, _short_body(), EditRow.outcome["fit"],
            EditRow.created_at, EditRow.undone_at.is_not(None),
        )
        .where(EditRow.job_id == job_id)
        .order_by(EditRow.version)
    )  # fmt: skip
    return [
        EditRecord(version, EditKind(kind), body, fit, created_at, undone)
        for version, kind, body, fit, created_at, undone in session.execute(query)
    ]


def _short_body() -> ColumnElement[dict[str, Any]]:
    body = EditRow.body
    beginning = func.left(body["text"].astext, _SHOWN_CHARACTERS)
    short = func.jsonb_build_object("op", body["op"], "text", beginning, "truncated", true())
    is_long = func.length(cast(body, Text)) > _LONG_CHARACTERS
    return case((is_long, func.jsonb_strip_nulls(short)), else_=body)


def add_edit(session: Session, job_id: uuid.UUID, version: int, settled: SettledEdit) -> None:
    """Add an edit; those that were undone can no longer be made again.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    job_id : UUID
        The job.
    version : int
        Of the analysis that it makes.
    settled : SettledEdit
        The edit and what came of it.
    """
    session.execute(
        delete(EditRow).where(EditRow.job_id == job_id, EditRow.undone_at.is_not(None)),
        execution_options={"synchronize_session": False},
    )
    session.add(
        EditRow(
            job_id=job_id,
            version=version,
            kind=kind_of(settled.edit),
            body=write_edit(settled.edit),
            outcome=write_outcome(settled),
        )
    )
    session.flush()


def undo_edit(session: Session, job_id: uuid.UUID) -> EditKind | None:
    """Take the last live edit back.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    job_id : UUID
        The job.

    Returns
    -------
    EditKind or None
        What it is of; None when there was none.
    """
    last = select(func.max(EditRow.version)).where(
        EditRow.job_id == job_id, EditRow.undone_at.is_(None)
    )
    return _mark(session, job_id, session.scalar(last), undone=True)


def redo_edit(session: Session, job_id: uuid.UUID) -> EditKind | None:
    """Make the edit that was taken back last again.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    job_id : UUID
        The job.

    Returns
    -------
    EditKind or None
        What it is of; None when there was none.
    """
    first = select(func.min(EditRow.version)).where(
        EditRow.job_id == job_id, EditRow.undone_at.is_not(None)
    )
    return _mark(session, job_id, session.scalar(first), undone=False)


def _mark(
    session: Session, job_id: uuid.UUID, version: int | None, *, undone: bool
) -> EditKind | None:
    if version is None:
        return None
    marked = (
        update(EditRow)
        .where(EditRow.job_id == job_id, EditRow.version == version)
        .values(undone_at=func.now() if undone else None)
        .returning(EditRow.kind)
    )
    return EditKind(session.scalars(marked, execution_options={"synchronize_session": False}).one())


def load_live_edits(session: Session, job_id: uuid.UUID) -> list[SettledEdit]:
    """Read the edits of a job that decide how rhythm and harmony are.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.

    Returns
    -------
    list of SettledEdit
        The oldest first; of each kind the last one that is live, for `mend` needs no others.
    """
    last = (
        select(func.max(EditRow.version))
        .where(
            EditRow.job_id == job_id,
            EditRow.undone_at.is_(None),
            EditRow.kind != EditKind.NOTES.value,
        )
        .group_by(EditRow.kind)
    )
    return _load_edits(session, job_id, EditRow.version.in_(last))


def load_note_edits(session: Session, job_id: uuid.UUID) -> list[SettledEdit]:
    """Read the edits of a job that decide how the notes are.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.

    Returns
    -------
    list of SettledEdit
        All live ones, the oldest first: each changes what those before it left.
    """
    is_live = EditRow.undone_at.is_(None)
    return _load_edits(session, job_id, is_live, EditRow.kind == EditKind.NOTES.value)


def _load_edits(
    session: Session, job_id: uuid.UUID, *conditions: ColumnElement[bool]
) -> list[SettledEdit]:
    query = (
        select(EditRow.body, EditRow.outcome)
        .where(EditRow.job_id == job_id, *conditions)
        .order_by(EditRow.version)
    )
    return [read_outcome(read_edit(body), outcome) for body, outcome in session.execute(query)]


def lay_edits(
    session: Session,
    job_id: uuid.UUID,
    heard: StoredAnalysis,
    edits: Sequence[SettledEdit],
    recall: Recall,
) -> StoredAnalysis:
    """Write the mended rows of a job anew, from what was heard and its live edits.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    job_id : UUID
        The job.
    heard : StoredAnalysis
        What was heard.
    edits : sequence of SettledEdit
        The live ones, the oldest first.
    recall : Recall
        What its evidence can answer.

    Returns
    -------
    StoredAnalysis
        As it is mended; without live edits as it was heard.
    """
    delete_analysis(session, job_id, Layer.MENDED)
    if not edits:
        return heard
    mended = StoredAnalysis(
        mend(heard.analysis, edits, recall), heard.heard_from_sec, heard.heard_to_sec
    )
    store_analysis(session, job_id, Layer.MENDED, mended)
    return mended
