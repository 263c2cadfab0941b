"""Attempts at a lick."""

from collections.abc import Sequence

revision: str = "20261129_attempts"
down_revision: str | None = "20261129_practice"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
