"""The schema: migrations and tables say the same, on both databases."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from server.domain.notes import Draft
from server.store import notes, schema
from server.store.database import Database
from server.store.tables import metadata
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import ClientShareRow, PersonRow
from tests.company import found
from tests.server.conftest import NOW


def test_migrations_build_the_tables_that_the_code_describes(database: Database) -> None:
    """A migrated database differs in nothing from the mapped tables."""
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A current database stays current when it is migrated again."""
    schema.migrate(database)
    assert schema.is_current(database)


def test_a_migration_keeps_what_is_there(database: Database) -> None:
    """Going back to the first schema and forward again loses no person, client, share or note."""
    with database.transaction() as session:
        found(session, NOW)
        notes.add(session, 1, None, Draft(NOW, NOW, text="Garder"))
    counted = [PersonRow, ClientRow, ClientShareRow, NoteRow]
    with database.reading() as session:
        before = [session.scalar(select(func.count()).select_from(table)) for table in counted]
    with database.engine.begin() as connection:
        command.downgrade(schema.alembic_config(connection), "0001")
    schema.migrate(database)
    with database.reading() as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in counted] == before
