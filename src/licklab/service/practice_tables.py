"""The tables of practice: what was played, which licks it is of, and what follows for each key.

None of it goes with a job or a lick: what was practised stays with the name it had. Cards follow
from the sessions; they are kept so that no list needs the whole log.
"""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licklab.domain.practice_log import KeyOrder, PracticeSource
from licklab.service.tables import Base

_SOURCES = ", ".join(f"'{one}'" for one in PracticeSource)
_ORDERS = ", ".join(f"'{one}'" for one in KeyOrder)
_IS_SCHEDULED = text("position IS NOT NULL")


class PracticeSettingsRow(Base):
    """What the player wishes: one row, there from the beginning."""

    __tablename__ = "practice_settings"
    __table_args__ = (
        CheckConstraint("id", name="single"),
        CheckConstraint(f"key_order IN ({_ORDERS})", name="key_order"),
    )

    id: Mapped[bool] = mapped_column(primary_key=True, default=True)
    time_zone: Mapped[str] = mapped_column(Text)
    new_keys_a_day: Mapped[int]
    key_order: Mapped[str] = mapped_column(Text)
    # Tells this player's calendar from those of others.
    calendar_id: Mapped[uuid.UUID]


class PractisedLickRow(Base):
    """A lick that is on the schedule, or has been practised; as it was when it was last seen."""

    __tablename__ = "practice_licks"
    __table_args__ = (
        CheckConstraint(f"key_order IN ({_ORDERS})", name="key_order"),
        Index(None, "added_at", "id"),
    )

    # Of the lick, which may be gone.
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    # Whether it was ever there: one that was and is gone has been deleted, one that never was came
    # with a log from elsewhere.
    is_from_here: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)
    home_key: Mapped[str] = mapped_column(Text)
    key_order: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    original_bpm: Mapped[float | None]
    target_bpm: Mapped[float | None]
    job_id: Mapped[uuid.UUID | None]
    job_title: Mapped[str] = mapped_column(Text)
    bars: Mapped[list[int]] = mapped_column(JSONB)


class PracticeCardRow(Base):
    """A lick in one key: its place in the order, and what follows from its sessions."""

    __tablename__ = "practice_cards"
    __table_args__ = (
        Index("ix_practice_cards_due_on", "due_on", postgresql_where=_IS_SCHEDULED),
        Index(
            "ix_practice_cards_position",
            "position",
            postgresql_where=text("position IS NOT NULL AND due_on IS NULL"),
        ),
        Index(None, "introduced_on"),
        Index(None, "practised_on"),
    )

    lick_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice_licks.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    # None when it is not on the schedule.
    position: Mapped[int | None]
    # The rest is None before the first session.
    introduced_on: Mapped[date | None]
    practised_on: Mapped[date | None]
    due_on: Mapped[date | None]
    stability_days: Mapped[float | None]
    difficulty: Mapped[float | None]
    n_days: Mapped[int | None]
    # Tempos and accuracy, read and written as a whole.
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class PracticeSessionRow(Base):
    """What was played, as the player or the program told it."""

    __tablename__ = "practice_sessions"
    __table_args__ = (
        CheckConstraint(f"source IN ({_SOURCES})", name="source"),
        Index(None, "lick_id", "key", "played_at"),
        Index(None, "played_at", "id"),
        Index(None, "played_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    lick_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice_licks.id"))
    lick_name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    played_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    time_zone: Mapped[str] = mapped_column(Text)
    # The day that it was there.
    played_on: Mapped[date]
    tempo_bpm: Mapped[float]
    original_bpm: Mapped[float | None]
    is_clean: Mapped[bool]
    accuracy: Mapped[float | None]
    passes: Mapped[int]
    duration_sec: Mapped[float | None]
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
