"""Licks as practice knows them: made of a lick of the service once, and looked at again since."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licklab.domain.key import Key
from licklab.domain.practice_log import (
    LONGEST_NAME,
    TEMPO_RANGE_BPM,
    KeyOrder,
    PractisedLick,
    plain_key,
)
from licklab.errors import LickError, UnknownLickError
from licklab.notation.passages import draw_passage
from licklab.service.database import Database
from licklab.service.jobs import JobFileMissingError
from licklab.service.lick_rows import load_row
from licklab.service.lick_tables import LickRow
from licklab.service.naming import shown_title
from licklab.service.practice_rows import lick_values
from licklab.service.practice_tables import PractisedLickRow
from licklab.service.results import load_result, lock_job_with_result
from licklab.service.storage import Storage
from licklab.service.tables import Job

UNKNOWN_KEY = Key("C")
"""Of a lick whose recording has no key: its keys are counted as if it were in C major."""


class PractisedLicks:
    """The way from a lick to what practice knows of it.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The results.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    def ensure(self, lick_id: uuid.UUID, order: KeyOrder, now: datetime) -> None:
        """Make a lick known to practice; one that is known is left as it is.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        order : KeyOrder
            Of its keys.
        now : datetime, UTC
            When.

        Raises
        ------
        UnknownLickError
            If it was never known, and there is no such lick.
        """
        with self._database.reading() as session:
            if session.get(PractisedLickRow, lick_id) is not None:
                return
        values = lick_values(self._describe(lick_id, order, now), is_from_here=True)
        with self._database.transaction() as session:
            # Of two requests that come first, one is.
            session.execute(insert(PractisedLickRow).values(values).on_conflict_do_nothing())

    def _describe(self, lick_id: uuid.UUID, order: KeyOrder, now: datetime) -> PractisedLick:
        with self._database.transaction() as session:
            row = load_row(session, lick_id)
            job = lock_job_with_result(session, row.job_id, read=True)
            try:
                transcription = load_result(session, self._storage, job.id)
            except JobFileMissingError:
                transcription = None
        key = None if job.key is None else Key.parse(job.key)
        tempo_bpm = job.tempo_bpm
        if transcription is not None:
            try:
                passage = draw_passage(transcription, row.body["note_ids"])
            except LickError:
                pass  # Its notes are gone, but it can be practised from paper.
            else:
                key = passage.key or key
                # A recording without a pulse has none here either.
                tempo_bpm = None if tempo_bpm is None else passage.tempo_bpm
        return PractisedLick(
            id=lick_id,
            home_key=plain_key(key or UNKNOWN_KEY),
            keys=(),
            order=order,
            added_at=now,
            original_bpm=_possible(tempo_bpm),
            target_bpm=_possible(tempo_bpm),
            **_shown(row, job),
        )


def lock_lick(session: Session, lick_id: uuid.UUID) -> PractisedLickRow:
    """Look a lick up, and let one change of its practice come after another.

    Parameters
    ----------
    session : Session
        In a transaction.
    lick_id : UUID
        The lick.

    Returns
    -------
    PractisedLickRow
        Named as its lick is now, where that is still there.

    Raises
    ------
    UnknownLickError
        If practice does not know it.
    """
    row = session.get(PractisedLickRow, lick_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise UnknownLickError(
            f"want the id of a lick that is practised, got {lick_id}, which is none here"
        )
    shown = shown_now(session, [lick_id]).get(lick_id)
    if shown is not None:
        row.is_from_here = True
        for name, value in shown.items():
            setattr(row, name, list(value) if name == "bars" else value)
    return row


def shown_now(session: Session, lick_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Look at licks of the service again.

    Parameters
    ----------
    session : Session
        To read in.
    lick_ids : collection of UUID
        The licks.

    Returns
    -------
    dict of UUID to dict
        What is shown of those that are there, by members of `PractisedLick`.
    """
    query = (
        select(LickRow, Job)
        .join(Job, Job.id == LickRow.job_id)
        .where(LickRow.id.in_(lick_ids), LickRow.is_hidden.is_(False))
    )
    return {lick.id: _shown(lick, job) for lick, job in session.execute(query)}


def _shown(row: LickRow, job: Job) -> dict[str, Any]:
    bars = row.body["bars"]
    return {
        "name": row.name or f"Lick {row.number}",
        "job_id": job.id,
        "job_title": shown_title(job)[:LONGEST_NAME],
        "bars": (bars[0], bars[-1]) if bars else (),
    }


def _possible(tempo_bpm: float | None) -> float | None:
    """Leave out a tempo that nobody can play at: the pulse was heard wrongly."""
    least, most = TEMPO_RANGE_BPM
    return tempo_bpm if tempo_bpm is not None and least <= tempo_bpm <= most else None
