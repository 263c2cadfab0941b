"""The tables of the language model: what it was paid for each day, and what it has answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Index, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licklab.service.tables import Base


class CoachUsageRow(Base):
    """How much the language model was asked on a day."""

    __tablename__ = "coach_usage"

    # Of UTC: all processes have the same.
    day: Mapped[date] = mapped_column(primary_key=True)
    calls: Mapped[int]
    tokens: Mapped[int] = mapped_column(BigInteger)


class CoachAnswerRow(Base):
    """What the language model answered; whether it may be shown is asked each time anew."""

    __tablename__ = "coach_answers"
    __table_args__ = (Index(None, "created_at"),)

    # A digest of the question and of who was asked.
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    # By the ids of sentences. No name that a person chose is in it.
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
