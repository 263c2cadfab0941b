"""What Alembic runs: it finds the open connection in the configuration's attributes."""

from alembic import context

from licklab.service import analysis_tables, lick_tables
from licklab.service.tables import Base

# Tables are known once their modules are imported.
assert analysis_tables.Base is lick_tables.Base is Base
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
