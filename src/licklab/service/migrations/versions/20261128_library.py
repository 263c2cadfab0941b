"""Titles and tags of jobs, the index that followers of all jobs ask, and who has the example."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261128_library"
down_revision: str | None = "20261128_licks"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("title", sa.Text(), nullable=True))
    op.add_column(
        "jobs", sa.Column("tags", postgresql.JSONB(), server_default="[]", nullable=False)
    )
    op.create_index("ix_jobs_updated_at", "jobs", ["updated_at"])
    op.create_table(
        "examples",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_examples"),
    )


def downgrade() -> None:
    op.drop_table("examples")
    op.drop_index("ix_jobs_updated_at", "jobs")
    op.drop_column("jobs", "tags")
    op.drop_column("jobs", "title")
