"""What Alembic runs: it finds the open connection in the configuration's attributes."""

from alembic import context

from licklab.service.analysis_tables import AnalysisRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=AnalysisRow.metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
