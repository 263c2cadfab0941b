"""The table of practice packs: made by workers, kept with the solo of their first lick."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licklab.service.tables import Base


class PackStatus(StrEnum):
    """Where a pack stands."""

    CREATED = "CREATED"
    MAKING = "MAKING"
    READY = "READY"
    FAILED = "FAILED"


_STATUSES = ", ".join(f"'{one}'" for one in PackStatus)


class PackRow(Base):
    """A practice pack; as a job, a run of it is known by `run_id`."""

    __tablename__ = "practice_packs"
    __table_args__ = (
        CheckConstraint(f"status IN ({_STATUSES})", name="status"),
        Index(None, "job_id"),
        Index(None, "status", "heartbeat_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    # Of its first lick: its files are in the folder of this job, and go with it.
    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    lick_ids: Mapped[list[str]] = mapped_column(JSONB)
    title: Mapped[str] = mapped_column(Text)
    # As they were asked for.
    wishes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    status: Mapped[str] = mapped_column(Text, default=PackStatus.CREATED)
    progress: Mapped[float] = mapped_column(default=0.0)
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[uuid.UUID | None]
    heartbeat_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now()
    )
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def archive_name(pack_id: uuid.UUID) -> str:
    """Give the name of a pack's archive, in the folder of its job.

    Parameters
    ----------
    pack_id : UUID
        The pack.

    Returns
    -------
    str
        A plain file name.
    """
    return f"pack-{pack_id.hex}.zip"


def booklet_name(pack_id: uuid.UUID) -> str:
    """Give the name of a pack's booklet, in the folder of its job.

    Parameters
    ----------
    pack_id : UUID
        The pack.

    Returns
    -------
    str
        A plain file name.
    """
    return f"pack-{pack_id.hex}.pdf"
