"""The tables of licks, and of solos that are to leave the corpus.

Licks go with their job. What a person said of one stays with it when it is found again: its id, its
name, and that it is not wanted.
"""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licklab.service.tables import Base


class LickOrigin(StrEnum):
    """Whose choice a lick is."""

    FOUND = "found"
    CHOSEN = "chosen"


_ORIGINS = ", ".join(f"'{one}'" for one in LickOrigin)


class LickRow(Base):
    """A lick of a job, as the notes and changes were when it was last looked at."""

    __tablename__ = "licks"
    __table_args__ = (
        CheckConstraint(f"origin IN ({_ORIGINS})", name="origin"),
        Index(None, "job_id", "number"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    origin: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    # A found one that the user deleted: it is kept, so that it does not come back.
    is_hidden: Mapped[bool] = mapped_column(default=False)
    # Place among the licks of the job.
    number: Mapped[int]
    # The stretch in which its notes begin: wider than they are, for notes are moved a little.
    from_sec: Mapped[float]
    to_sec: Mapped[float]
    # Of the schema `licklab.licks/1`, with its notes, times and occurrences.
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # Of one whose notes are gone.
    warning: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now()
    )


class PhrasesRow(Base):
    """The phrases of a job, written with its licks."""

    __tablename__ = "phrases"

    job_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    )
    # Of the schema `licklab.licks/1`, in order.
    body: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class CorpusRemovalRow(Base):
    """A job that was deleted, and whose solo is to leave the corpus.

    Written with the deletion, and removed once the corpus is rid of it.
    """

    __tablename__ = "corpus_removals"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    job_id: Mapped[uuid.UUID]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
