"""What a job is for, and attempts at licks."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261129_attempts"
down_revision: str | None = "20261129_practice"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("purpose", sa.Text(), server_default="solo", nullable=False))
    op.create_check_constraint("ck_jobs_purpose", "jobs", "purpose IN ('solo', 'attempt')")
    op.create_table(
        "attempts",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("solo_id", sa.Uuid(), nullable=False),
        sa.Column("lick_id", sa.Uuid(), nullable=False),
        sa.Column("note_ids", postgresql.JSONB(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("tempo_bpm", sa.Float(), nullable=True),
        sa.Column("marks", postgresql.JSONB(), nullable=True),
        sa.Column("marks_version", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("job_id", name="pk_attempts"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_attempts_job_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["solo_id"], ["jobs.id"], name="fk_attempts_solo_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_attempts_solo_id", "attempts", ["solo_id"])
    op.create_index("ix_attempts_lick_id_created_at", "attempts", ["lick_id", "created_at"])


def downgrade() -> None:
    op.drop_table("attempts")
    # Without this column they would be solos of the library.
    op.execute("DELETE FROM jobs WHERE purpose = 'attempt'")
    op.drop_constraint("ck_jobs_purpose", "jobs", type_="check")
    op.drop_column("jobs", "purpose")
