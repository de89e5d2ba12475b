"""Activities and the closing rule."""

from datetime import timedelta
from typing import Any

import pytest

from server.domain.errors import Conflict, Invalid, NoteRequired, NotFound
from server.domain.notes import Draft
from server.domain.policy import Policy
from server.store import notes as stored_notes
from server.store.database import Database
from server.usecases import activities, processing
from tests.company import ANNIE, BOB
from tests.server.conftest import NOW

OPEN = Policy()


def test_an_activity_is_not_completed_without_a_note(company: Database) -> None:
    """Neither completing nor patching the state gets round the rule; the refusal names the activity."""
    for attempt in (
        lambda session: activities.complete(session, ANNIE, OPEN, "A1"),
        lambda session: activities.amend(session, ANNIE, OPEN, "A1", {"state": "done"}),
    ):
        with pytest.raises(NoteRequired) as refusal, company.transaction() as session:
            attempt(session)
        assert refusal.value.values["activity"] == "A1"


def test_a_note_of_its_own_lets_an_activity_be_completed(company: Database) -> None:
    """Once a note belongs to it, completing works, and repeating it is no error."""
    with company.transaction() as session:
        added = stored_notes.add(session, ANNIE.id, None, Draft(NOW, NOW, text="ok", activity="A1"))
        processing.link_note(session, OPEN, added.uid)
    for _ in range(2):
        with company.transaction() as session:
            assert activities.complete(session, ANNIE, OPEN, "A1", "Vendu").state == "done"
    with company.reading() as session:
        assert activities.one(session, ANNIE, OPEN, "A1").result == "Vendu"


def test_a_kind_outside_the_rule_is_completed_freely(company: Database) -> None:
    """The policy may leave visits out of the rule."""
    with company.transaction() as session:
        done = activities.complete(session, ANNIE, Policy(note_required=frozenset({"call"})), "A1")
    assert done.state == "done"


def test_a_kind_is_changed_and_completed_in_one_step_under_the_new_kind_s_rule(company: Database) -> None:
    """Calling a visit a call does not open a way round: the rule of the new kind holds."""
    strict = Policy(note_required=frozenset({"call"}))
    with pytest.raises(NoteRequired), company.transaction() as session:
        activities.amend(session, ANNIE, strict, "A1", {"kind": "call", "state": "done"})


def test_a_cancelled_activity_is_not_completed(company: Database) -> None:
    """It has to be planned again first."""
    with company.transaction() as session:
        activities.amend(session, ANNIE, OPEN, "A1", {"state": "cancelled"})
    with pytest.raises(Conflict), company.transaction() as session:
        activities.complete(session, ANNIE, OPEN, "A1")


def test_a_plan_gets_its_defaults(company: Database) -> None:
    """An hour, a visit, and a reference of its own; local times are in the rep's zone."""
    with company.transaction() as session:
        planned = activities.plan(session, ANNIE, OPEN, {"client": "C1", "starts_at": "2026-12-01T09:00"})
    assert planned.starts_at.hour == 14
    assert planned.ends_at - planned.starts_at == timedelta(hours=1)
    assert (planned.kind, planned.client_name) == ("visit", "Boulangerie Tremblay inc.")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"client": "C3", "starts_at": "2026-12-01"}, NotFound),
        ({"client": "C1", "starts_at": "soon"}, Invalid),
        ({"client": "C1", "starts_at": "2026-12-02", "ends_at": "2026-12-01"}, Invalid),
        ({"client": "C1", "starts_at": "2026-12-01", "ref": "A3"}, Conflict),
    ],
)
def test_a_plan_that_cannot_be(company: Database, fields: dict[str, Any], refusal: type[Exception]) -> None:
    """Another's client, an unreadable time, an end before the start, a reference that is taken."""
    with pytest.raises(refusal), company.transaction() as session:
        activities.plan(session, ANNIE, OPEN, fields)


def test_another_s_activity_is_not_there(company: Database) -> None:
    """Bob cannot read, change or complete Annie's."""
    for attempt in (activities.one, activities.complete):
        with pytest.raises(NotFound), company.transaction() as session:
            attempt(session, BOB, OPEN, "A1")
