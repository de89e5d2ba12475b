"""The whole schema: our tables, and those of the durable queue beside them."""

from server.jobs.queue import create_tables
from server.store import schema
from server.store.database import Database


def bring_up_to_date(database: Database) -> None:
    """Migrate everything; safe to call from several processes at once."""
    schema.migrate(database)
    create_tables(database)
