"""The tables of rhythm and harmony: rows as they were heard, rows as they were mended, edits.

All of them go with their job. A job without live edits has no mended rows.
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
    ForeignKeyConstraint,
    Identity,
    Index,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from licklab.service.tables import Base


class Layer(StrEnum):
    """Whose word a row is."""

    HEARD = "heard"
    MENDED = "mended"


class EditKind(StrEnum):
    """What an edit is of."""

    GRID = "grid"
    CHORDS = "chords"
    KEY = "key"
    NOTES = "notes"


def _one_of(column: str, words: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(word.value) for word in words)})"


class AnalysisRow(Base):
    """What is one for a whole recording; the rows of its parts go with it."""

    __tablename__ = "analyses"
    __table_args__ = (CheckConstraint(_one_of("layer", Layer), name="layer"),)

    job_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    )
    layer: Mapped[str] = mapped_column(Text, primary_key=True)
    heard_from_sec: Mapped[float]
    heard_to_sec: Mapped[float]
    tempo_bpm: Mapped[float | None]
    time_signature: Mapped[str] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(Text)
    key_confidence: Mapped[float | None]
    key_alternative: Mapped[str | None] = mapped_column(Text)
    form_name: Mapped[str | None] = mapped_column(Text)
    form_bars: Mapped[int | None]
    form_confidence: Mapped[float | None]


class _Part:
    """One of a kind in an analysis; `number` is its place in the order, from 0."""

    job_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=-3)
    layer: Mapped[str] = mapped_column(Text, primary_key=True, sort_order=-2)
    number: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - SQLAlchemy hands the class over
        whole = [AnalysisRow.job_id, AnalysisRow.layer]
        return (ForeignKeyConstraint(["job_id", "layer"], whole, ondelete="CASCADE"),)


class BeatRow(_Part, Base):
    """A beat."""

    __tablename__ = "beats"

    time_sec: Mapped[float]
    bar: Mapped[int]
    position_in_bar: Mapped[int]
    confidence: Mapped[float]


class ChordRow(_Part, Base):
    """A chord, with at most three others that it may be."""

    __tablename__ = "chords"

    onset_sec: Mapped[float]
    offset_sec: Mapped[float]
    label: Mapped[str] = mapped_column(Text)
    symbol: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]
    alternatives: Mapped[list[list[Any]]] = mapped_column(JSONB)


class BassNoteRow(_Part, Base):
    """A note of the bass; nobody mends these, they are all heard."""

    __tablename__ = "bass_notes"

    onset_sec: Mapped[float]
    offset_sec: Mapped[float]
    pitch_midi: Mapped[int]
    confidence: Mapped[float]


class LocalKeyRow(_Part, Base):
    """A key for a while."""

    __tablename__ = "local_keys"

    onset_sec: Mapped[float]
    offset_sec: Mapped[float]
    key: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]


class SwingRow(_Part, Base):
    """The swing of the whole recording (number 0), or of a chorus."""

    __tablename__ = "swings"

    onset_sec: Mapped[float]
    offset_sec: Mapped[float]
    ratio: Mapped[float | None]
    spread: Mapped[float | None]
    soloist_ratio: Mapped[float | None]
    delay_sec: Mapped[float | None]


class SectionRow(_Part, Base):
    """A part of the chorus."""

    __tablename__ = "sections"

    label: Mapped[str] = mapped_column(Text)
    first_bar: Mapped[int]
    n_bars: Mapped[int]


class ChorusRow(_Part, Base):
    """One time through the changes."""

    __tablename__ = "choruses"

    chorus: Mapped[int]
    first_bar: Mapped[int]
    n_bars: Mapped[int]
    onset_sec: Mapped[float]
    offset_sec: Mapped[float]


class EditRow(Base):
    """What a person said, and what came of it."""

    __tablename__ = "edits"
    __table_args__ = (
        CheckConstraint(_one_of("kind", EditKind), name="kind"),
        Index(None, "job_id", "version", unique=True),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    job_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    # Of the analysis that it made.
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
