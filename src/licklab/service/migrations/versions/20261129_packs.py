"""Practice packs, made by workers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261129_packs"
down_revision: str | None = "20261128_library"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    now = sa.func.now()
    op.create_table(
        "practice_packs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("lick_ids", postgresql.JSONB(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("wishes", postgresql.JSONB(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("heartbeat_at", moment, nullable=True),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.Column("finished_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_practice_packs"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_practice_packs_job_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "status IN ('CREATED', 'MAKING', 'READY', 'FAILED')", name="ck_practice_packs_status"
        ),
    )
    op.create_index("ix_practice_packs_job_id", "practice_packs", ["job_id"])
    op.create_index(
        "ix_practice_packs_status_heartbeat_at", "practice_packs", ["status", "heartbeat_at"]
    )


def downgrade() -> None:
    op.drop_table("practice_packs")
