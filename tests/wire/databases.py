"""Databases for services: SQLite in the service's own folder, or a fresh one of the tests' PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.postgresql import beside


@contextmanager
def database_of(request: pytest.FixtureRequest, kind: str) -> Iterator[str]:
    """The URL to give to a service, empty for SQLite; an empty PostgreSQL database is dropped afterwards."""
    if kind == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgresql_url")
    name = f"wire_{uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield beside(server, name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
