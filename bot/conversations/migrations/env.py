"""Alembic's entry: runs migrations on the connection that ``bot.conversations.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from bot.conversations.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    user_module_prefix="",  # script.py.mako imports our own type
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
