"""Alembic's entry: runs on the connection that `server.store.schema` hands over."""

from alembic import context

from server.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    include_object=lambda item, name, kind, reflected, other: not (kind == "table" and reflected and other is None),
)
with context.begin_transaction():
    context.run_migrations()
