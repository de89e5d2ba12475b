"""A small company in a database of its own, and the queue that remembers what was asked of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import Job
from tests.company import found

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class RememberingQueue:
    """A queue that only remembers: the fake beside the port."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def put(self, session: Session, job: Job) -> None:
        """Remember the job."""
        self.jobs.append(job)


@pytest.fixture
def company(database: Database) -> Database:
    """The small company of `tests.company`, at NOW, on SQLite and on PostgreSQL."""
    with database.transaction() as session:
        found(session, NOW)
    return database


@pytest.fixture
def queue() -> RememberingQueue:
    """A queue that only remembers."""
    return RememberingQueue()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """An empty store for recordings."""
    store = Blobs(tmp_path / "blobs")
    store.prepare()
    return store
