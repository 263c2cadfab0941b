"""The table of attempts at licks.

The recording of an attempt is a job like any other, and the id of the job is the attempt's. It goes
with the job of the solo whose lick it is at. The lick itself may go before it: licks are found
anew, and what was played stays.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, Text, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from licklab.service.tables import Base, Job


class AttemptRow(Base):
    """An attempt at a lick."""

    __tablename__ = "attempts"
    __table_args__ = (
        Index(None, "solo_id"),
        Index("ix_attempts_lick_id_created_at", "lick_id", "created_at"),
    )

    job_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    )
    # The job that the lick is of.
    solo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    lick_id: Mapped[uuid.UUID]
    # Notes of the lick when it was played.
    note_ids: Mapped[list[str]] = mapped_column(JSONB)
    # What the player said; none where it is to be found out.
    key: Mapped[str | None] = mapped_column(Text)
    tempo_bpm: Mapped[float | None]
    # Made at the first look after the job is READY, and again when its notes are others. They
    # stay when the lick is mended or the program marks otherwise: what was said is on record.
    marks: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    marks_version: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


def lock_attempts(session: Session, solo_id: uuid.UUID) -> Sequence[Job]:
    """Lock the attempts at the licks of a solo.

    Parameters
    ----------
    session : Session
        In a transaction that holds the lock of the solo, so that no others come.
    solo_id : UUID
        The job of the solo.

    Returns
    -------
    sequence of Job
        Those that are there.
    """
    of_solo = select(AttemptRow.job_id).where(AttemptRow.solo_id == solo_id)
    query = select(Job).where(Job.id.in_(of_solo)).order_by(Job.id).with_for_update()
    return session.scalars(query).all()
