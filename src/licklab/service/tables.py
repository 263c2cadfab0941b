"""The tables. PostgreSQL is the truth about every job; Redis only carries messages."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Index,
    MetaData,
    ScalarSelect,
    Text,
    column,
    func,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column

from licklab.domain.mode import Mode


class JobStatus(StrEnum):
    """Where a job stands; the words are part of the contract."""

    CREATED = "CREATED"
    TRANSCRIBING = "TRANSCRIBING"
    READY = "READY"
    FAILED = "FAILED"


class JobPurpose(StrEnum):
    """What a job is for: only solos are in the library, in its searches and in the corpus."""

    SOLO = "solo"
    ATTEMPT = "attempt"


class Base(DeclarativeBase):
    """Base of all tables, with names for constraints that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )


# Named without its class: the tables of analyses are built on this module.
_ANALYSES = table("analyses", *map(column, ("job_id", "layer", "key", "tempo_bpm")))


def _of_analysis(name: str, job_id: Mapped[uuid.UUID]) -> ScalarSelect[Any]:
    """Look into the analysis of a job: the mended one, which comes last, or the one heard."""
    mine = select(_ANALYSES.c[name]).where(_ANALYSES.c.job_id == job_id)
    return mine.order_by(_ANALYSES.c.layer.desc()).limit(1).scalar_subquery()


_STATUSES = ", ".join(f"'{status}'" for status in JobStatus)
_PURPOSES = ", ".join(f"'{purpose}'" for purpose in JobPurpose)


class Job(Base):
    """One recording on its way to a transcription.

    A run of a job is known by `run_id`: a worker that lost its job (killed, cancelled, deleted,
    too slow) finds another `run_id` there, or none, and can no longer write.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        CheckConstraint(f"purpose IN ({_PURPOSES})", name="purpose"),
        CheckConstraint("progress >= 0 AND progress <= 1", name="progress"),
        Index(None, "created_at", "id"),
        Index(None, "status", "heartbeat_at"),
        Index(None, "updated_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(Text, default=JobStatus.CREATED)
    purpose: Mapped[str] = mapped_column(
        Text, default=JobPurpose.SOLO, server_default=JobPurpose.SOLO
    )
    # What was asked for last; a result says itself what it was made of.
    instrument: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text, default=Mode.AUTO, server_default=Mode.AUTO)
    start_sec: Mapped[float | None]
    end_sec: Mapped[float | None]
    filename: Mapped[str] = mapped_column(Text)
    # What people call it; without a title, the file's name is shown.
    title: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default="[]")
    audio_suffix: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    duration_sec: Mapped[float]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now()
    )
    stage: Mapped[str | None] = mapped_column(Text)
    progress: Mapped[float] = mapped_column(default=0.0)
    error: Mapped[str | None] = mapped_column(Text)
    warnings: Mapped[list[str]] = mapped_column(JSONB, default=list)
    note_count: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[uuid.UUID | None]
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Of the files that are there now: they outlive a later run that waits, goes on or has failed.
    result_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    heartbeat_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # Grows by one with every change of the rhythm and harmony of the result.
    analysis_version: Mapped[int] = mapped_column(default=0, server_default="0")
    # Of the analysis that the licks were found in, and of the one that is in the corpus.
    licks_version: Mapped[int | None]
    corpus_version: Mapped[int | None]
    # Of the result, for lists; read only.
    key: Mapped[str | None] = column_property(_of_analysis("key", id))  # noqa: A003 - the column
    tempo_bpm: Mapped[float | None] = column_property(_of_analysis("tempo_bpm", id))  # noqa: A003


class ExampleRow(Base):
    """That the example was given: who deletes it does not get it back with the next start."""

    __tablename__ = "examples"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    # The job made of it, which may be gone; none where there was something in the library already.
    job_id: Mapped[uuid.UUID | None]
