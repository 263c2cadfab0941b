"""What Alembic runs: it finds the open connection in the configuration's attributes."""

from alembic import context

from licklab.service import (  # noqa: F401 - for their tables
    analysis_tables,
    assignment_tables,
    attempt_tables,
    coach_tables,
    lick_tables,
    pack_tables,
    practice_tables,
)
from licklab.service.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
