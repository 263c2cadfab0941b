"""Between the licks of a job and their rows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from licklab.domain.lick import Lick, LickOccurrence
from licklab.domain.solo_line import NoteSpan
from licklab.errors import LickError, UnknownLickError
from licklab.formats.lick_json import write_lick
from licklab.licks.ranking import PlayerCounter
from licklab.service.assignment_tables import AssignedLickRow
from licklab.service.lick_matching import LEAST_OVERLAP, find_place, match_bodies, overlap
from licklab.service.lick_tables import LickOrigin, LickRow
from licklab.service.practice_tables import PractisedLickRow
from licklab.service.selections import Stretch, choose, stretch_of
from licklab.studying.study import Study

NOTES_GONE = "The notes of this lick are no longer there: it is shown as it was."
"""Warning of a lick that a person chose or named, after its notes were removed."""


@dataclass(frozen=True, slots=True)
class LickRecord:
    """A lick as it is stored.

    Attributes
    ----------
    id, job_id : UUID
        Its own, and its job's.
    origin : LickOrigin
        Whose choice it is.
    name : str or None
        That a person gave it.
    stretch : Stretch
        In which its notes begin.
    body : dict
        Of schema `licklab.licks/1`.
    warning : str or None
        When its notes are gone.
    """

    id: uuid.UUID
    job_id: uuid.UUID
    origin: LickOrigin
    name: str | None
    stretch: Stretch
    body: dict[str, Any]
    warning: str | None


def record_of(row: LickRow) -> LickRecord:
    """Read a row.

    Parameters
    ----------
    row : LickRow
        The row.

    Returns
    -------
    LickRecord
        The same as a value.
    """
    stretch = Stretch(row.from_sec, row.to_sec)
    origin = LickOrigin(row.origin)
    return LickRecord(row.id, row.job_id, origin, row.name, stretch, row.body, row.warning)


def load_records(session: Session, job_id: uuid.UUID) -> list[LickRecord]:
    """Read the licks of a job.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.

    Returns
    -------
    list of LickRecord
        Those found before those chosen; without those that the user deleted.
    """
    return [record_of(row) for row in _rows(session, job_id) if not row.is_hidden]


def load_row(session: Session, lick_id: uuid.UUID) -> LickRow:
    """Look a lick up.

    Parameters
    ----------
    session : Session
        In a transaction.
    lick_id : UUID
        The lick.

    Returns
    -------
    LickRow
        Its row.

    Raises
    ------
    UnknownLickError
        If there is none, or the user deleted it.
    """
    row = session.get(LickRow, lick_id, populate_existing=True)
    if row is None or row.is_hidden:
        raise UnknownLickError(f"want the id of a lick, got {lick_id}, which is no lick here")
    return row


def renew_rows(
    session: Session, job_id: uuid.UUID, study: Study, count_players: PlayerCounter | None
) -> None:
    """Write the licks of a job anew, and keep what a person said of them.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    job_id : UUID
        The job.
    study : Study
        Of its result.
    count_players : callable or None
        For the licks that are judged anew.
    """
    rows = _rows(session, job_id)
    before = [row for row in rows if row.origin == LickOrigin.FOUND]
    chosen = [row for row in rows if row.origin == LickOrigin.CHOSEN]
    bodies = [write_lick(study.line, study.analysis, one) for one in study.licks]
    known = match_bodies([row.body for row in before], bodies)
    unwanted = [row for row in before if row.is_hidden]
    licks = list(study.licks)
    for i, j in known.items():
        # Who named a lick named it at its place, and there it stays as long as it is played there.
        place = find_place(before[j].body, bodies[i])
        if place:
            licks[i] = judge_at(study, licks[i].occurrences[place].span, count_players)
    order = list(range(len(licks)))
    if licks != list(study.licks):
        order = sorted(order, key=lambda i: -licks[i].lickness)
    for number, i in enumerate(order, 1):
        if i in known:
            write_row(before[known[i]], study, licks[i])
            before[known[i]].number = number
        elif all(overlap(row.body, bodies[i]) < LEAST_OVERLAP for row in unwanted):
            session.add(new_row(job_id, LickOrigin.FOUND, number, study, licks[i]))
    lost = [row for j, row in enumerate(before) if j not in known.values() and not row.is_hidden]
    # What a person has named, practised or given to others is theirs by now; what they deleted may
    # be found again.
    used = _used(session, [row.id for row in lost])
    kept = [row for row in lost if row.name is not None or row.id in used]
    for row in lost:
        if row not in kept:
            session.delete(row)
    for number, row in enumerate((*kept, *chosen), len(bodies) + 1):
        judge_again(row, study, count_players)
        row.number = number
    session.flush()


def _used(session: Session, lick_ids: Sequence[uuid.UUID]) -> set[uuid.UUID | None]:
    """Tell which licks are in assignments, or are practised."""
    given = select(AssignedLickRow.lick_id).where(AssignedLickRow.lick_id.in_(lick_ids))
    practised = select(PractisedLickRow.id).where(PractisedLickRow.id.in_(lick_ids))
    return {*session.scalars(given), *session.scalars(practised)}


def new_row(
    job_id: uuid.UUID, origin: LickOrigin, number: int, study: Study, lick: Lick
) -> LickRow:
    """Make a row of a lick.

    Parameters
    ----------
    job_id : UUID
        Its job.
    origin : LickOrigin
        Whose choice it is.
    number : int
        Place among the licks of the job.
    study : Study
        Of the job's result.
    lick : Lick
        Of the study.

    Returns
    -------
    LickRow
        To be added.
    """
    row = LickRow(
        id=uuid.uuid4(), job_id=job_id, origin=origin.value, number=number, is_hidden=False
    )
    write_row(row, study, lick)
    return row


def write_row(row: LickRow, study: Study, lick: Lick) -> None:
    """Write a lick over its row.

    Parameters
    ----------
    row : LickRow
        What a person said of it stays.
    study : Study
        Of the job's result.
    lick : Lick
        Of the study.
    """
    stretch = stretch_of(study.line, lick.span)
    row.from_sec, row.to_sec = stretch.from_sec, stretch.to_sec
    row.body = write_lick(study.line, study.analysis, lick)
    row.warning = None


def judge_again(row: LickRow, study: Study, count_players: PlayerCounter | None) -> None:
    """Judge a lick at the place where it was chosen.

    Parameters
    ----------
    row : LickRow
        It keeps its place also when its notes are gone: they may come back.
    study : Study
        Of the job's result.
    count_players : callable or None
        Tells how many players of the corpus play something.
    """
    try:
        span = choose(study, Stretch(row.from_sec, row.to_sec))
    except LickError:
        row.warning = NOTES_GONE
        return
    row.body = write_lick(study.line, study.analysis, judge_at(study, span, count_players))
    row.warning = None


def judge_at(study: Study, span: NoteSpan, count_players: PlayerCounter | None) -> Lick:
    """Judge what a person chose, and let it stand where they chose it.

    Parameters
    ----------
    study : Study
        Of the job's result.
    span : NoteSpan
        Its notes.
    count_players : callable or None
        Tells how many players of the corpus play something.

    Returns
    -------
    Lick
        Whose first occurrence is the span, also when the solo plays it before; the others follow
        in order.
    """
    judged, pitches = study.judge(span, count_players), study.line.pitch_midi
    others = [
        replace(one, transposition_semitones=int(pitches[one.span.start] - pitches[span.start]))
        for one in judged.occurrences
        if not one.span.overlap(span)
    ]
    return replace(judged, occurrences=(LickOccurrence(span), *others))


def next_number(session: Session, job_id: uuid.UUID) -> int:
    """Give the place after the last lick of a job.

    Parameters
    ----------
    session : Session
        In a transaction that holds the job's lock.
    job_id : UUID
        The job.

    Returns
    -------
    int
        From 1.
    """
    last = select(func.max(LickRow.number)).where(LickRow.job_id == job_id)
    return (session.scalar(last) or 0) + 1


def count_chosen(session: Session, job_id: uuid.UUID) -> int:
    """Count the licks that were chosen in a job.

    Parameters
    ----------
    session : Session
        In a transaction.
    job_id : UUID
        The job.

    Returns
    -------
    int
        How many.
    """
    of_job = (LickRow.job_id == job_id, LickRow.origin == LickOrigin.CHOSEN.value)
    return session.scalar(select(func.count()).select_from(LickRow).where(*of_job)) or 0


def _rows(session: Session, job_id: uuid.UUID) -> Sequence[LickRow]:
    query = (
        select(LickRow)
        .where(LickRow.job_id == job_id)
        .order_by(LickRow.number, LickRow.created_at)
        # One that was looked up before the lock was taken may have been named since.
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()
