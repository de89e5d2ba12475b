"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells once for each."""

from typing import cast

from sqlalchemy import TableClause
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server.store.tables.base import Table


def insert(session: Session, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of the session's own dialect, with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """The same by the dialect's name, for a statement that is built once and run often."""
    columns = cast(TableClause, table.__table__)
    return sqlite.insert(columns) if dialect == "sqlite" else postgresql.insert(columns)
