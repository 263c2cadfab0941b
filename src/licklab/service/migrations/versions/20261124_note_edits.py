"""Edits of notes."""

from collections.abc import Sequence

from alembic import op

revision: str = "20261124_note_edits"
down_revision: str | None = "20261124_analysis"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_constraint("ck_edits_kind", "edits", type_="check")
    op.create_check_constraint(
        op.f("ck_edits_kind"), "edits", "kind IN ('grid', 'chords', 'key', 'notes')"
    )


def downgrade() -> None:
    # A program of before cannot read them.
    op.execute("DELETE FROM edits WHERE kind = 'notes'")
    op.drop_constraint("ck_edits_kind", "edits", type_="check")
    op.create_check_constraint(op.f("ck_edits_kind"), "edits", "kind IN ('grid', 'chords', 'key')")
