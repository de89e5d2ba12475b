"""Bulk files of activities, and the closing rule in them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from server.domain.policy import Policy
from server.store.database import Database
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.usecases.imports import Importer, import_rows
from server.usecases.imports.results import result_ref
from server.usecases.imports.tables import Row
from tests.server.conftest import RememberingQueue
from tests.server.usecases.imports.conftest import Import, csv, figures, on_sqlite, refusals

HEAD = "ref,rep,client,kind,subject,starts_at,ends_at,state,result"
PLANNED = "A1,annie@calepin.example,C1,visit,Suivi,2026-07-01T10:00:00-04:00,2026-07-01T11:30:00-04:00,planned,"


def activity(database: Database, ref: str = "A1") -> ActivityRow:
    """The row of an activity."""
    with database.reading() as session:
        return session.scalars(select(ActivityRow).where(ActivityRow.ref == ref)).one()


def notes(database: Database) -> list[NoteRow]:
    """All notes."""
    with database.reading() as session:
        return list(session.scalars(select(NoteRow).order_by(NoteRow.ref)))


def test_activities_come_in_by_reference(database: Database, known: Import) -> None:
    """The same file again changes nothing, a changed one what differs, and the briefs follow."""
    assert figures(known("activities", csv(HEAD, PLANNED))) == (1, 0, 0, 0)
    assert figures(known("activities", csv(HEAD, PLANNED))) == (0, 0, 1, 0)
    assert figures(known("activities", csv("ref,client", "A1,C2"))) == (0, 1, 0, 0)
    row = activity(database)
    assert (row.kind, row.subject, row.state) == ("visit", "Suivi", "planned")
    assert row.starts_at == datetime(2026, 7, 1, 14, tzinfo=UTC)
    with database.reading() as session:
        assert dict(session.execute(select(ClientRow.ref, ClientRow.version)).all()) == {
            "C1": 2,
            "C2": 1,
        }


def test_times_without_offset_are_the_reps(database: Database, known: Import) -> None:
    """Halifax is an hour ahead of Toronto; what is already there tells whose zone it is."""
    header = "ref,rep,client,starts_at"
    known("activities", csv(header, "A1,annie@calepin.example,C1,01/07/2026 10:00"))
    known("activities", csv(header, "A2,marc@calepin.example,C1,01/07/2026 10:00"))
    assert activity(database, "A1").starts_at - activity(database, "A2").starts_at == timedelta(hours=1)
    known("activities", csv("ref,starts_at", "A2,2026-07-01 11:00"))
    assert activity(database, "A2").starts_at == datetime(2026, 7, 1, 14, tzinfo=UTC)


@on_sqlite
def test_an_end_that_is_not_told_follows_the_start(database: Database, known: Import) -> None:
    """An hour for a new one; one that moves takes as long as before."""
    known("activities", csv("ref,rep,client,starts_at", "A2,annie@calepin.example,C1,2026-07-01 10:00"))
    assert activity(database, "A2").ends_at - activity(database, "A2").starts_at == timedelta(hours=1)
    known("activities", csv(HEAD, PLANNED))
    known("activities", csv("ref,starts_at", "A1,2026-07-02T10:00:00Z"))
    assert activity(database).ends_at == datetime(2026, 7, 2, 11, 30, tzinfo=UTC)


def test_done_without_a_note_is_rejected_with_the_remedy(database: Database, known: Import) -> None:
    """New or planned before, it makes no difference; the row's other changes are not taken either."""
    done = PLANNED.replace("planned", "done")
    outcome = known("activities", csv(HEAD, done))
    assert (figures(outcome), refusals(outcome)) == ((0, 0, 0, 1), [(2, "state", "row-note-required")])
    assert "“Suivi” cannot be imported as done without a note." in outcome.rejected[0].told("en")
    known("activities", csv(HEAD, PLANNED))
    assert refusals(known("activities", csv(HEAD, done.replace("C1", "C2")))) == [(2, "state", "row-note-required")]
    assert (activity(database).state, notes(database)) == ("planned", [])


def test_a_result_is_the_note_that_the_rule_wants(database: Database, known: Import, queue: RememberingQueue) -> None:
    """It is kept as a text note of the rep, confirmed to the activity, and is written over when it changes."""
    done = PLANNED.replace("planned,", "done,Signé pour deux ans.")
    assert figures(known("activities", csv(HEAD, done))) == (1, 0, 0, 0)
    assert figures(known("activities", csv(HEAD, done))) == (0, 0, 1, 0)
    assert figures(known("activities", csv("ref,result", "A1,Signé pour trois ans."))) == (0, 1, 0, 0)
    (note,) = notes(database)
    row = activity(database)
    assert (note.ref, note.text, note.kind, note.state) == ("A1-result", "Signé pour trois ans.", "text", "processed")
    assert (note.activity_id, note.client_id, note.rep_id) == (row.id, row.client_id, row.rep_id)
    assert (note.link_status, note.evidence[0]["code"]) == ("confirmed", "said-activity")
    assert note.recorded_at == min(row.ends_at, note.received_at)
    assert queue.jobs == []


def test_a_note_that_is_there_allows_done(database: Database, known: Import) -> None:
    """Whoever made it; and what is done stays done without another word."""
    known("activities", csv(HEAD, PLANNED))
    known("notes", csv("ref,rep,text", "N1,annie@calepin.example,Bonne rencontre"))
    with database.transaction() as session:
        session.execute(update(NoteRow).values(activity_id=select(ActivityRow.id).scalar_subquery()))
    done = PLANNED.replace("planned", "done")
    assert figures(known("activities", csv(HEAD, done))) == (0, 1, 0, 0)
    with database.transaction() as session:
        session.execute(update(NoteRow).values(activity_id=None))
    assert figures(known("activities", csv(HEAD, done))) == (0, 0, 1, 0)
    assert figures(known("activities", csv("ref,subject", "A1,Relance"))) == (0, 1, 0, 0)


def test_a_result_told_earlier_counts_when_it_is_done(database: Database, known: Import) -> None:
    """It becomes the note at that moment."""
    known("activities", csv(HEAD, PLANNED + "Prêt"))
    assert notes(database) == []
    assert figures(known("activities", csv("ref,state", "A1,done"))) == (0, 1, 0, 0)
    assert [note.text for note in notes(database)] == ["Prêt"]


@on_sqlite
def test_kinds_outside_the_rule_need_no_note(database: Database, known: Import, queue: RememberingQueue) -> None:
    """The policy says which kinds it holds for."""
    importer = Importer(database, queue, Policy(note_required=frozenset({"visit"})))
    call = dict(
        zip(HEAD.split(","), PLANNED.replace("visit", "call").replace("planned", "done").split(","), strict=True)
    )
    assert (
        known("activities", csv(HEAD, PLANNED.replace("visit", "call").replace("planned", "done"))).rejected_count == 1
    )
    assert import_rows(importer, "activities", [Row(1, call)]).created == 1


@on_sqlite
def test_what_cannot_be_is_told(known: Import) -> None:
    """By field and reason."""
    wrong = [
        (PLANNED.replace("annie@", "who@"), "rep", "rep-unknown"),
        (PLANNED.replace("C1", "C9"), "client", "client-unknown"),
        (PLANNED.replace("visit", "lunch"), "kind", "not-a-choice"),
        (PLANNED.replace("planned", "postponed"), "state", "not-a-choice"),
        (PLANNED.replace("2026-07-01T10", "2026-07-01T30"), "starts_at", "not-a-time"),
        (PLANNED.replace("2026-07-01T11", "2026-07-01T09"), "ends_at", "ends-before-start"),
        (PLANNED.replace("annie@calepin.example", ""), "rep", "cell-empty"),
    ]
    outcome = known("activities", csv(HEAD, *(line for line, _, _ in wrong)))
    assert refusals(outcome) == [(number, field, code) for number, (_, field, code) in enumerate(wrong, 2)]


def test_a_long_reference_has_a_result_too(database: Database, known: Import) -> None:
    """The note's own reference stays within what the column holds."""
    ref = "A" * 100
    assert figures(known("activities", csv(HEAD, PLANNED.replace("A1", ref).replace("planned,", "done,Fait")))) == (
        1,
        0,
        0,
        0,
    )
    assert [note.ref for note in notes(database)] == [result_ref(ref)]
