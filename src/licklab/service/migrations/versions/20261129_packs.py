"""Practice packs, made by workers."""

from collections.abc import Sequence

revision: str = "20261129_packs"
down_revision: str | None = "20261128_library"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
