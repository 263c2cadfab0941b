"""The tables of assignments, their share links, and the answers that come back.

Of a link only the digest of its token is kept: who reads the tables cannot open it.
"""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licklab.service.tables import Base


class ScoreShown(StrEnum):
    """When a student sees the notation of a lick."""

    SHOWN = "shown"
    AFTER_ANSWERS = "after_answers"
    HIDDEN = "hidden"


class Feedback(StrEnum):
    """What a student is told of their answers."""

    KEY = "key"
    MARKS = "marks"
    NONE = "none"


def _one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{one}'" for one in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class AssignmentRow(Base):
    """Some licks to work on, with what a teacher says of them."""

    __tablename__ = "assignments"
    __table_args__ = (_one_of("feedback", Feedback), Index(None, "created_at", "id"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    # For whom notation and questions are written; each lick's own instrument without it.
    part: Mapped[str | None] = mapped_column(Text)
    feedback: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now()
    )


class AssignedLickRow(Base):
    """A lick of an assignment; it keeps its number when the lick is gone."""

    __tablename__ = "assigned_licks"
    __table_args__ = (_one_of("score", ScoreShown), Index(None, "lick_id"))

    assignment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    # From 1.
    number: Mapped[int] = mapped_column(primary_key=True)
    lick_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("licks.id", ondelete="SET NULL"))
    title: Mapped[str | None] = mapped_column(Text)
    has_audio: Mapped[bool]
    # Of the loop when it is first played.
    speed_percent: Mapped[int]
    score: Mapped[str] = mapped_column(Text)
    has_questions: Mapped[bool]
    # Concert keys to practise it in, such as `Bb:major`.
    keys: Mapped[list[str]] = mapped_column(JSONB)


class ShareLinkRow(Base):
    """A link to an assignment, open until it expires or is revoked."""

    __tablename__ = "share_links"
    __table_args__ = (
        Index(None, "assignment_id", "created_at"),
        Index(None, "token_digest", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    assignment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE")
    )
    label: Mapped[str] = mapped_column(Text)
    # SHA-256.
    token_digest: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class QuestionSetRow(Base):
    """Questions that somebody has answered, as they were asked.

    They follow from notes and changes, which may be mended: answers are read beside these.
    """

    __tablename__ = "question_sets"

    assignment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[str] = mapped_column(Text, primary_key=True)
    # For each lick its number, title and questions, each with its choices and the right one.
    body: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class AnswersRow(Base):
    """What one student answered at one time."""

    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["assignment_id", "version"],
            ["question_sets.assignment_id", "question_sets.version"],
            name="fk_answers_version",
            ondelete="CASCADE",
        ),
        Index(None, "link_id", "created_at"),
        Index(None, "assignment_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    assignment_id: Mapped[uuid.UUID]
    version: Mapped[str] = mapped_column(Text)
    link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("share_links.id", ondelete="CASCADE"))
    student: Mapped[str] = mapped_column(Text)
    # SHA-256 of what the student holds to see what is shown after answering.
    receipt_digest: Mapped[bytes] = mapped_column(LargeBinary)
    # Number of the lick, number of the question, index of the choice, 1 where it was right.
    choices: Mapped[list[list[int]]] = mapped_column(JSONB)
    n_right: Mapped[int]
    n_asked: Mapped[int]
    # As the student's page measured it.
    took_sec: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
