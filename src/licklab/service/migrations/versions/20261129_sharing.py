"""Assignments behind share links."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261129_sharing"
down_revision: str | None = "20261129_attempts"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        *(_moment(name) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.CheckConstraint("feedback IN ('key', 'marks', 'none')", name="ck_assignments_feedback"),
    )
    op.create_index("ix_assignments_created_at_id", "assignments", ["created_at", "id"])
    op.create_table(
        "assigned_licks",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lick_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("has_audio", sa.Boolean(), nullable=False),
        sa.Column("speed_percent", sa.Integer(), nullable=False),
        sa.Column("score", sa.Text(), nullable=False),
        sa.Column("has_questions", sa.Boolean(), nullable=False),
        sa.Column("keys", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", "number", name="pk_assigned_licks"),
        _of("assigned_licks", "assignment_id", "assignments.id"),
        sa.ForeignKeyConstraint(
            ["lick_id"], ["licks.id"], name="fk_assigned_licks_lick_id", ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "score IN ('shown', 'after_answers', 'hidden')", name="ck_assigned_licks_score"
        ),
    )
    op.create_index("ix_assigned_licks_lick_id", "assigned_licks", ["lick_id"])
    op.create_table(
        "share_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        _moment("created_at"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_share_links"),
        _of("share_links", "assignment_id", "assignments.id"),
    )
    op.create_index(
        "ix_share_links_assignment_id_created_at", "share_links", ["assignment_id", "created_at"]
    )
    op.create_index("ix_share_links_token_digest", "share_links", ["token_digest"], unique=True)
    op.create_table(
        "question_sets",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("assignment_id", "version", name="pk_question_sets"),
        _of("question_sets", "assignment_id", "assignments.id"),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("receipt_digest", sa.LargeBinary(), nullable=False),
        sa.Column("choices", postgresql.JSONB(), nullable=False),
        sa.Column("n_right", sa.Integer(), nullable=False),
        sa.Column("n_asked", sa.Integer(), nullable=False),
        sa.Column("took_sec", sa.Float(), nullable=True),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        _of("answers", "link_id", "share_links.id"),
        sa.ForeignKeyConstraint(
            ["assignment_id", "version"],
            ["question_sets.assignment_id", "question_sets.version"],
            name="fk_answers_version",
            ondelete="CASCADE",
        ),
    )
    for column in ("link_id", "assignment_id"):
        op.create_index(f"ix_answers_{column}_created_at", "answers", [column, "created_at"])


def _moment(name: str) -> sa.Column[object]:
    zoned = sa.DateTime(timezone=True)
    return sa.Column(name, zoned, server_default=sa.func.now(), nullable=False)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("answers", "question_sets", "share_links", "assigned_licks", "assignments"):
        op.drop_table(table)
