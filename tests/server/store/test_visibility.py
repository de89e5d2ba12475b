"""Visibility: one predicate, the same answer on every road."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from server.domain.people import Person, Role
from server.domain.policy import Policy
from server.store import activities, clients, notes
from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.visibility import visible_notes
from tests.company import ANNIE, BOB, DENIS, SYLVIE
from tests.server.conftest import NOW

OPEN = Policy()


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (ANNIE, ["C1", "C2", "C4"]),
        (BOB, ["C3", "C4"]),
        (SYLVIE, ["C1", "C2"]),
        (DENIS, []),
        (
            replace(DENIS, roles=frozenset({Role.ADMINISTRATOR, Role.MANAGER}), territories=frozenset({"T2"})),
            ["C3", "C4"],
        ),
        (replace(ANNIE, active=False), []),
    ],
)
def test_who_sees_which_clients(company: Database, reader: Person, seen: list[str]) -> None:
    """A rep: portfolio and what is shared; a manager: territories; an administrator: none; who has left: none."""
    with company.reading() as session:
        assert sorted(client.ref for client in clients.visible(session, reader, OPEN)) == seen
        for ref in ("C1", "C2", "C3", "C4"):
            assert (clients.one_visible(session, reader, OPEN, ref) is not None) == (ref in seen)
            assert (clients.versioned(session, reader, OPEN, ref) is not None) == (ref in seen)


def test_a_hidden_status_hides_from_everybody(company: Database) -> None:
    """A client whose status the policy hides is not there for rep and manager alike."""
    with company.transaction() as session:
        session.scalars(select(ClientRow).where(ClientRow.ref == "C1")).one().status = "closed"
    hiding = Policy(hidden_statuses=frozenset({"closed"}))
    with company.reading() as session:
        for reader in (ANNIE, SYLVIE):
            assert clients.one_visible(session, reader, hiding, "C1") is None
            assert activities.one_visible(session, reader, hiding, "A1") is None
            assert clients.one_visible(session, reader, OPEN, "C1") is not None


@pytest.mark.parametrize(
    ("reader", "seen"), [(ANNIE, ["A1", "A2"]), (BOB, ["A3"]), (SYLVIE, ["A1", "A2"]), (DENIS, [])]
)
def test_who_sees_which_activities(company: Database, reader: Person, seen: list[str]) -> None:
    """A rep sees their own activities, a manager those with the clients of their territories."""
    with company.reading() as session:
        found = [ref for ref in ("A1", "A2", "A3") if activities.one_visible(session, reader, OPEN, ref)]
    assert found == seen


def test_who_sees_which_notes(company: Database) -> None:
    """One's own notes and those of visible clients; a stranger's unlinked note is nobody else's business."""
    with company.transaction() as session:
        for uid, rep, client_id in (("linked", BOB, 4), ("other", BOB, 3), ("unlinked", BOB, None), ("own", ANNIE, 3)):
            session.add(_note(uid, rep, client_id))
    with company.reading() as session:
        query = select(NoteRow.uid).where(visible_notes(ANNIE, OPEN)).order_by(NoteRow.uid)
        assert list(session.scalars(query)) == ["linked", "own"]
        assert notes.one_visible(session, ANNIE, OPEN, "other") is None
        assert list(session.scalars(select(NoteRow.uid).where(visible_notes(DENIS, OPEN)))) == []


def _note(uid: str, rep: Person, client_id: int | None) -> NoteRow:
    return NoteRow(
        uid=uid,
        rep_id=rep.id,
        kind="text",
        state="processed",
        fingerprint=uid,
        recorded_at=NOW,
        received_at=NOW,
        text=uid,
        client_id=client_id,
    )
