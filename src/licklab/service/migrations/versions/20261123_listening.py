"""What a job is asked for beside the instrument, and since when it has a result."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261123_listening"
down_revision: str | None = "20261123_jobs"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # The default is for rows of before, and of an API of before that still runs.
    op.add_column("jobs", sa.Column("mode", sa.Text(), server_default="auto", nullable=False))
    op.add_column("jobs", sa.Column("start_sec", sa.Float(), nullable=True))
    op.add_column("jobs", sa.Column("end_sec", sa.Float(), nullable=True))
    op.add_column("jobs", sa.Column("result_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE jobs SET result_at = finished_at WHERE status = 'READY'")


def downgrade() -> None:
    for column in ("result_at", "end_sec", "start_sec", "mode"):
        op.drop_column("jobs", column)
