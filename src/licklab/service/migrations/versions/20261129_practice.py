"""The practice log and its cards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "20261129_practice"
down_revision: str | None = "20261129_packs"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORDERS = "key_order IN ('fourths', 'semitones', 'whole_tones', 'random')"


def upgrade() -> None:
    _create_settings()
    op.create_table(
        "practice_licks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_from_here", sa.Boolean(), nullable=False),
        _text("name"),
        _text("home_key"),
        _text("key_order"),
        _moment("added_at"),
        sa.Column("original_bpm", sa.Float(), nullable=True),
        sa.Column("target_bpm", sa.Float(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        _text("job_title"),
        sa.Column("bars", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice_licks"),
        sa.CheckConstraint(_ORDERS, name="ck_practice_licks_key_order"),
    )
    op.create_index("ix_practice_licks_added_at_id", "practice_licks", ["added_at", "id"])
    _create_cards()
    _create_sessions()


def _create_settings() -> None:
    op.create_table(
        "practice_settings",
        sa.Column("id", sa.Boolean(), nullable=False),
        _text("time_zone"),
        sa.Column("new_keys_a_day", sa.Integer(), nullable=False),
        _text("key_order"),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice_settings"),
        sa.CheckConstraint("id", name="ck_practice_settings_single"),
        sa.CheckConstraint(_ORDERS, name="ck_practice_settings_key_order"),
    )
    op.execute(
        "INSERT INTO practice_settings (id, time_zone, new_keys_a_day, key_order, calendar_id)"
        " VALUES (true, 'UTC', 2, 'fourths', gen_random_uuid())"
    )


def _create_cards() -> None:
    op.create_table(
        "practice_cards",
        sa.Column("lick_id", sa.Uuid(), nullable=False),
        _text("key"),
        sa.Column("position", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("introduced_on", "practised_on", "due_on")
        ),
        sa.Column("stability_days", sa.Float(), nullable=True),
        sa.Column("difficulty", sa.Float(), nullable=True),
        sa.Column("n_days", sa.Integer(), nullable=True),
        sa.Column("facts", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("lick_id", "key", name="pk_practice_cards"),
        sa.ForeignKeyConstraint(
            ["lick_id"], ["practice_licks.id"], name="fk_practice_cards_lick_id"
        ),
    )
    is_scheduled = sa.text("position IS NOT NULL")
    is_new = sa.text("position IS NOT NULL AND due_on IS NULL")
    for column, condition in (("due_on", is_scheduled), ("position", is_new)):
        op.create_index(
            f"ix_practice_cards_{column}", "practice_cards", [column], postgresql_where=condition
        )
    for column in ("introduced_on", "practised_on"):
        op.create_index(f"ix_practice_cards_{column}", "practice_cards", [column])


def _create_sessions() -> None:
    op.create_table(
        "practice_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lick_id", sa.Uuid(), nullable=False),
        _text("lick_name"),
        _text("key"),
        _moment("played_at"),
        _text("time_zone"),
        sa.Column("played_on", sa.Date(), nullable=False),
        sa.Column("tempo_bpm", sa.Float(), nullable=False),
        sa.Column("original_bpm", sa.Float(), nullable=True),
        sa.Column("is_clean", sa.Boolean(), nullable=False),
        sa.Column("accuracy", sa.Float(), nullable=True),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("duration_sec", sa.Float(), nullable=True),
        _text("source"),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_practice_sessions"),
        sa.ForeignKeyConstraint(
            ["lick_id"], ["practice_licks.id"], name="fk_practice_sessions_lick_id"
        ),
        sa.CheckConstraint(
            "source IN ('by_hand', 'ladder', 'attempt')", name="ck_practice_sessions_source"
        ),
    )
    for columns in (["lick_id", "key", "played_at"], ["played_at", "id"], ["played_on"]):
        op.create_index(f"ix_practice_sessions_{'_'.join(columns)}", "practice_sessions", columns)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    for table in ("practice_sessions", "practice_cards", "practice_licks", "practice_settings"):
        op.drop_table(table)
