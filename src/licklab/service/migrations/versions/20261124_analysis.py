"""The tables of rhythm and harmony, and of what people mend in them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261124_analysis"
down_revision: str | None = "20261123_listening"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "jobs", sa.Column("analysis_version", sa.Integer(), server_default="0", nullable=False)
    )
    _create_analyses()
    _create_part(
        "beats", *_floats("time_sec"), *_ints("bar", "position_in_bar"), *_floats("confidence")
    )
    _create_part(
        "chords",
        *_floats("onset_sec", "offset_sec"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        *_floats("confidence"),
        sa.Column("alternatives", postgresql.JSONB(), nullable=False),
    )
    _create_part(
        "bass_notes",
        *_floats("onset_sec", "offset_sec"),
        *_ints("pitch_midi"),
        *_floats("confidence"),
    )
    _create_part(
        "local_keys",
        *_floats("onset_sec", "offset_sec"),
        sa.Column("key", sa.Text(), nullable=False),
        *_floats("confidence"),
    )
    _create_part(
        "swings",
        *_floats("onset_sec", "offset_sec"),
        *(_optional(name) for name in ("ratio", "spread", "soloist_ratio", "delay_sec")),
    )
    _create_part(
        "sections", sa.Column("label", sa.Text(), nullable=False), *_ints("first_bar", "n_bars")
    )
    _create_part(
        "choruses",
        *_ints("chorus", "first_bar", "n_bars"),
        *_floats("onset_sec", "offset_sec"),
    )
    _create_edits()


def _floats(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float(), nullable=False) for name in names]


def _ints(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _optional(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=True)


def _of_job(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["job_id"], ["jobs.id"], name=f"fk_{table}_job_id", ondelete="CASCADE"
    )


def _create_analyses() -> None:
    op.create_table(
        "analyses",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        *_floats("heard_from_sec", "heard_to_sec"),
        _optional("tempo_bpm"),
        sa.Column("time_signature", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        _optional("key_confidence"),
        sa.Column("key_alternative", sa.Text(), nullable=True),
        sa.Column("form_name", sa.Text(), nullable=True),
        sa.Column("form_bars", sa.Integer(), nullable=True),
        _optional("form_confidence"),
        sa.PrimaryKeyConstraint("job_id", "layer", name="pk_analyses"),
        _of_job("analyses"),
        sa.CheckConstraint("layer IN ('heard', 'mended')", name="ck_analyses_layer"),
    )


def _create_part(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("job_id", "layer", "number", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["job_id", "layer"],
            ["analyses.job_id", "analyses.layer"],
            name=f"fk_{name}_job_id_layer",
            ondelete="CASCADE",
        ),
    )


def _create_edits() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "edits",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", moment, server_default=sa.func.now(), nullable=False),
        sa.Column("undone_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
        _of_job("edits"),
        sa.CheckConstraint("kind IN ('grid', 'chords', 'key')", name="ck_edits_kind"),
    )
    op.create_index("ix_edits_job_id_version", "edits", ["job_id", "version"], unique=True)


def downgrade() -> None:
    for table in (
        "edits", "choruses", "sections", "swings", "local_keys", "bass_notes", "chords", "beats",
        "analyses",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_column("jobs", "analysis_version")
