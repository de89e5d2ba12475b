"""Nothing on a rep's path scans a table."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from server.domain.notes import Draft, LinkStatus
from server.domain.policy import Policy
from server.store import activities, briefs, clients, devices, notes, uploads
from server.store.database import Database
from server.usecases import notes as note_cases
from server.usecases import processing
from tests.company import ANNIE, found
from tests.server.conftest import NOW

OPEN = Policy(hidden_statuses=frozenset({"closed"}))
SMALL = {"people", "client_shares"}  # a few hundred rows, or found through an index by their other column

PATHS: dict[str, Callable[[Session], Any]] = {
    "sign-in": lambda session: devices.by_token(session, "cld_x"),
    "client list": lambda session: clients.visible(session, ANNIE, OPEN),
    "one client": lambda session: clients.one_visible(session, ANNIE, OPEN, "C1"),
    "brief: client": lambda session: clients.versioned(session, ANNIE, OPEN, "C1"),
    "brief: notes": lambda session: briefs.last_notes(session, 1),
    "brief: activities": lambda session: briefs.activities_around(session, 1, NOW),
    "brief: figures": lambda session: briefs.figures(session, 1, NOW.date()),
    "agenda": lambda session: activities.visible(session, ANNIE, OPEN, since=NOW, until=NOW + timedelta(days=1)),
    "one activity": lambda session: activities.one_visible(session, ANNIE, OPEN, "A1"),
    "my notes": lambda session: note_cases.listed(session, ANNIE, OPEN),
    "notes to decide": lambda session: note_cases.listed(session, ANNIE, OPEN, link=LinkStatus.SUGGESTED),
    "one note": lambda session: notes.one_visible(session, ANNIE, OPEN, "x"),
    "taking a note": lambda session: notes.add(session, 1, None, Draft(NOW, NOW, text="x"), "key"),
    "one upload": lambda session: uploads.one(session, 1, "x", NOW),
    "an upload by its key": lambda session: uploads.by_key(session, 1, "key"),
    "open uploads": lambda session: uploads.count_open(session, 1, NOW),
    "going on with an upload": lambda session: (
        uploads.locked(session, 1, "x"),
        uploads.change(session, "x", 1, {"committed": 5}),
        uploads.drop(session, "x", 1),
    ),
    "sweeping uploads": lambda session: (
        uploads.drop_expired(session, NOW, 100),
        uploads.files_in_use(session, {"x", "y"}),
    ),
    "waiting notes": lambda session: notes.waiting(session, NOW, 100),
    "linking": lambda session: processing.link_note(
        session, OPEN, notes.add(session, 1, None, Draft(NOW, NOW, text="y")).uid
    ),
}


@pytest.fixture
def planned(sqlite_url: str) -> Iterator[tuple[Database, list[str]]]:
    """The small company on SQLite, and the plan of every statement that runs on it."""
    database = Database(sqlite_url)
    with database.transaction() as session:
        found(session, NOW)
    plans: list[str] = []

    def explain(connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            raw = connection.connection.driver_connection
            assert raw is not None
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(database.engine, "before_cursor_execute", explain)
    yield database, plans
    database.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_rep_s_path_goes_along_indexes(planned: tuple[Database, list[str]], path: str) -> None:
    """SQLite's plan of every statement on the path searches an index or a key, and scans no table that grows."""
    database, plans = planned
    with database.transaction() as session:
        PATHS[path](session)
        session.rollback()
    assert plans
    scanned = [plan for plan in plans if plan.startswith("SCAN ") and plan.split()[1] not in SMALL]
    own_results = ("(subquery", "ranked", "last_activity", "next_activity", "anon")
    assert [plan for plan in scanned if not plan.split()[1].startswith(own_results)] == []
