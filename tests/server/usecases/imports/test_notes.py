"""Bulk files of notes: history comes in, and goes through linking like any other note."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from server.domain.notes import LinkStatus, NoteState
from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from tests.server.conftest import RememberingQueue
from tests.server.usecases.imports.conftest import Import, csv, figures, on_sqlite, refusals

HEAD = "ref,rep,recorded_at,received_at,device_time,language,text,client,activity"
FIRST = "N1,annie@calepin.example,2026-07-01T13:00:00,2026-07-01T17:30:00Z,2026-07-01T14:30:00,fr-CA,Rencontré Luc,C1,"


def note(database: Database, ref: str = "N1") -> NoteRow:
    """The row of a note."""
    with database.reading() as session:
        return session.scalars(select(NoteRow).where(NoteRow.ref == ref)).one()


def test_a_new_note_is_received_and_put_to_work(database: Database, known: Import, queue: RememberingQueue) -> None:
    """The device's clock, an hour ahead of the server's, is corrected; the same file again changes nothing."""
    assert figures(known("notes", csv(HEAD, FIRST))) == (1, 0, 0, 0)
    row = note(database)
    assert (row.text, row.language, row.kind, row.state) == ("Rencontré Luc", "fr", "text", "received")
    assert row.recorded_at == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert row.received_at == datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
    assert (row.said_client, row.said_activity, row.link_status, row.client_id) == ("C1", None, "unlinked", None)
    assert [job.argument for job in queue.jobs] == [row.uid]
    assert figures(known("notes", csv(HEAD, FIRST))) == (0, 0, 1, 0)
    assert len(queue.jobs) == 1


@on_sqlite
def test_times_that_are_not_told(database: Database, known: Import) -> None:
    """Without any, a note was recorded when it came in; a second import keeps that."""
    file = csv("ref,rep,text", "N2,annie@calepin.example,Note")
    before = datetime.now(UTC)
    known("notes", file)
    row = note(database, "N2")
    assert before <= row.received_at == row.recorded_at <= datetime.now(UTC)
    assert figures(known("notes", file)) == (0, 0, 1, 0)


@on_sqlite
def test_a_clock_is_corrected_only_against_the_time_of_receipt(database: Database, known: Import) -> None:
    """A device's time in a file of last year says nothing against today's."""
    header = "ref,rep,recorded_at,device_time,text"
    known("notes", csv(header, "N3,annie@calepin.example,2025-07-01T10:00:00Z,2025-07-01T10:05:00Z,Note"))
    assert note(database, "N3").recorded_at == datetime(2025, 7, 1, 10, tzinfo=UTC)


def test_a_changed_note_is_worked_on_again(database: Database, known: Import, queue: RememberingQueue) -> None:
    """As a job of its own, even while the first one runs."""
    known("notes", csv(HEAD, FIRST))
    with database.transaction() as session:
        linked = {"client_id": select(ClientRow.id).where(ClientRow.ref == "C1").scalar_subquery()}
        session.execute(update(NoteRow).values(state=NoteState.PROCESSED, link_status=LinkStatus.LINKED, **linked))
    assert figures(known("notes", csv("ref,rep,text", "N1,annie@calepin.example,Rencontré Luc Roy"))) == (0, 1, 0, 0)
    row = note(database)
    assert (row.text, row.state, row.said_client) == ("Rencontré Luc Roy", "received", "C1")
    assert [job.argument for job in queue.jobs] == [row.uid, row.uid]
    assert len({job.key for job in queue.jobs}) == 2
    with database.reading() as session:
        assert session.scalar(select(ClientRow.version).where(ClientRow.ref == "C1")) == 1


def test_what_a_person_has_confirmed_stays(database: Database, known: Import, queue: RememberingQueue) -> None:
    """The text changes, the link does not, and no machine looks at it again."""
    known("notes", csv(HEAD, FIRST))
    with database.transaction() as session:
        session.execute(update(NoteRow).values(state=NoteState.PROCESSED, link_status=LinkStatus.CONFIRMED))
    assert figures(known("notes", csv(HEAD, FIRST.replace("Luc", "Lucie")))) == (0, 1, 0, 0)
    row = note(database)
    assert (row.text, row.state, row.link_status) == ("Rencontré Lucie", "processed", "confirmed")
    assert len(queue.jobs) == 1


def test_an_activity_that_was_named_is_remembered(database: Database, known: Import) -> None:
    """If it exists, and is with the client that was named too."""
    known("activities", csv("ref,rep,client,starts_at", "A1,annie@calepin.example,C1,2026-07-01 12:00"))
    assert figures(known("notes", csv(HEAD, FIRST + "A1"))) == (1, 0, 0, 0)
    assert note(database).said_activity == "A1"
    outcome = known("notes", csv(HEAD, FIRST.replace("C1", "C2") + "A1", FIRST + "A9", FIRST.replace("C1", "C9")))
    assert refusals(outcome) == [
        (2, "activity", "activity-of-another-client"),
        (3, "activity", "activity-unknown"),
        (4, "client", "client-unknown"),
    ]


def test_a_reference_of_another_reps_note_is_taken(database: Database, known: Import) -> None:
    """Nobody's words are put into somebody else's mouth."""
    known("notes", csv(HEAD, FIRST))
    outcome = known("notes", csv(HEAD, FIRST.replace("annie@", "marc@")))
    assert refusals(outcome) == [(2, "ref", "ref-taken")]
    assert note(database).text == "Rencontré Luc"


@on_sqlite
def test_a_note_needs_a_rep_and_words(known: Import) -> None:
    """And times that exist, in a language that Calepin speaks."""
    outcome = known(
        "notes",
        csv(
            "ref,rep,recorded_at,language,text",
            "N1,who@x.example,,,a",
            "N2,annie@calepin.example,,,",
            "N3,annie@calepin.example,yesterday,,a",
            "N4,annie@calepin.example,,de,a",
            ",annie@calepin.example,,,a",
        ),
    )
    assert refusals(outcome) == [
        (2, "rep", "rep-unknown"),
        (3, "text", "cell-empty"),
        (4, "recorded_at", "not-a-time"),
        (5, "language", "not-a-choice"),
        (6, "ref", "cell-empty"),
    ]
