"""The tables of licks, and what of the jobs is in the corpus."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261128_licks"
down_revision: str | None = "20261124_note_edits"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("licks_version", sa.Integer(), nullable=True))
    op.add_column("jobs", sa.Column("corpus_version", sa.Integer(), nullable=True))
    op.create_table(
        "licks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_sec", sa.Float(), nullable=False),
        sa.Column("to_sec", sa.Float(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("warning", sa.Text(), nullable=True),
        *(_moment(name) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("id", name="pk_licks"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_licks_job_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("origin IN ('found', 'chosen')", name="ck_licks_origin"),
    )
    op.create_index("ix_licks_job_id_number", "licks", ["job_id", "number"])
    op.create_table(
        "phrases",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_phrases"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_phrases_job_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "corpus_removals",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_corpus_removals"),
    )


def _moment(name: str) -> sa.Column[object]:
    zoned = sa.DateTime(timezone=True)
    return sa.Column(name, zoned, server_default=sa.func.now(), nullable=False)


def downgrade() -> None:
    for table in ("corpus_removals", "phrases", "licks"):
        op.drop_table(table)
    op.drop_column("jobs", "corpus_version")
    op.drop_column("jobs", "licks_version")
