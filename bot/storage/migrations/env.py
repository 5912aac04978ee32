"""Alembic runs this; the connection comes from `bot.storage.migrations.upgrade`."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, once the driver does not begin by itself
)
with context.begin_transaction():
    context.run_migrations()
