"""Alembic's entry: runs on the connection that `server.store.schema` hands over."""

from alembic import context

from server.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # Never in batch mode: on SQLite it drops the table that it alters, and with it what refers to its rows.
    render_as_batch=False,
    include_object=lambda item, name, kind, reflected, other: not (kind == "table" and reflected and other is None),
)
with context.begin_transaction():
    context.run_migrations()
