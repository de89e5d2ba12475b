"""The schema: migrations and tables say the same, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from server.store import schema
from server.store.database import Database
from server.store.tables import metadata


def test_migrations_build_the_tables_that_the_code_describes(database: Database) -> None:
    """A migrated database differs in nothing from the mapped tables."""
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A current database stays current when it is migrated again."""
    schema.migrate(database)
    assert schema.is_current(database)
