"""Alembic's entry: the migrations run inside the transaction that the store has open."""

from alembic import context

from messagecheck.history.schema import metadata
from messagecheck.history.store import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
