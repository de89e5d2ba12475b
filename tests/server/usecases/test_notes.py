"""Taking, reading and correcting notes."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from server.domain.errors import Conflict, Invalid, KeyReused, NotAllowed, NotFound
from server.domain.notes import Draft, LinkStatus, Recorded
from server.domain.people import Person
from server.domain.policy import Policy
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.notes import Added
from server.usecases import notes, processing
from server.usecases.notes import Taker, Upload
from tests.company import ANNIE, BOB, SYLVIE
from tests.server.conftest import NOW, RememberingQueue

OPEN = Policy()
TEXT = Draft(NOW, NOW, text="Rappeler mardi")


@pytest.fixture
def taker(queue: RememberingQueue, blobs: Blobs) -> Taker:
    """Annie, handing notes in."""
    return Taker(queue, blobs, OPEN, ANNIE)


def take(company: Database, taker: Taker, new: Draft, key: str | None = None, data: bytes | None = None) -> Added:
    """Hand a note in, in a transaction of its own."""
    with taker.blobs.incoming() as incoming:
        upload = None
        if data is not None:
            incoming.write(data)
            upload = Upload(incoming, incoming.sync(), "audio/amr")
            new = replace(new, recording=Recorded(upload.kept.sha256, upload.kept.bytes, "audio/amr"))
        with company.transaction() as session:
            return notes.take(session, taker, new, upload=upload, key=key)


def test_recording_row_and_job_come_together(company: Database, taker: Taker, queue: RememberingQueue) -> None:
    """A note that was taken has its bytes in the store, its row, and one job; its temporary file is gone."""
    added = take(company, taker, replace(TEXT, text=""), data=b"#!AMR\n")
    with company.reading() as session:
        row = notes.recording(session, ANNIE, OPEN, added.uid)
    assert taker.blobs.original(row.blob or "").read_bytes() == b"#!AMR\n"
    assert [job.argument for job in queue.jobs] == [added.uid]
    assert list((taker.blobs.root / "incoming").iterdir()) == []


def test_the_same_recording_again_is_the_same_note(company: Database, taker: Taker, queue: RememberingQueue) -> None:
    """The same bytes from the same rep give the note that is there, and no second job; another rep's are another."""
    first = take(company, taker, replace(TEXT, text="un"), data=b"abc")
    again = take(company, taker, replace(TEXT, text="deux"), data=b"abc")
    other = take(company, replace(taker, author=BOB), replace(TEXT, text=""), data=b"abc")
    assert (again.uid, again.created, len(queue.jobs)) == (first.uid, False, 2)
    assert other.uid != first.uid


def test_a_key_brings_back_its_note_and_refuses_other_content(company: Database, taker: Taker) -> None:
    """The same key with the same content is the same note; with other content it is refused, and nothing is left."""
    first = take(company, taker, TEXT, key="k1")
    assert take(company, taker, TEXT, key="k1") == replace(first, created=False)
    with pytest.raises(KeyReused):
        take(company, taker, replace(TEXT, text=""), key="k1", data=b"other")
    assert list((taker.blobs.root / "originals").glob("*/*")) == []


def test_two_at_once_make_one_note(company: Database, taker: Taker) -> None:
    """Eight threads that hand in the same recording at the same moment get one note between them."""
    barrier = Barrier(8)
    added: list[Added] = []

    def hand_in() -> None:
        barrier.wait(10)
        added.append(take(company, taker, replace(TEXT, text=""), data=b"same"))

    threads = [Thread(target=hand_in) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len({note.uid for note in added}) == 1
    assert sorted(note.created for note in added) == [False] * 7 + [True]


@pytest.mark.parametrize(
    ("client", "activity", "refusal"),
    [("C3", None, NotFound), ("nope", None, NotFound), (None, "A3", NotFound), ("C2", "A1", Conflict)],
)
def test_a_destination_has_to_be_one_s_own(
    company: Database, taker: Taker, client: str | None, activity: str | None, refusal: type[Exception]
) -> None:
    """Another's client or activity answers like none at all; an activity of another client contradicts."""
    with pytest.raises(refusal):
        take(company, taker, replace(TEXT, client=client, activity=activity))


def test_a_note_is_linked_by_its_jobs_and_then_confirmed_for_good(company: Database, taker: Taker) -> None:
    """The machine links; a person's correction stays, whatever the machine would say when it looks again."""
    added = take(company, taker, TEXT)
    with company.transaction() as session:
        processing.link_note(session, OPEN, added.uid)
        processing.finish(session, added.uid)
    with company.reading() as session:
        shown = notes.one(session, ANNIE, OPEN, added.uid)
        assert (shown.note.link_status, shown.client, shown.activity) == (LinkStatus.LINKED, "C1", "A1")
    with company.transaction() as session:
        notes.amend(session, ANNIE, OPEN, added.uid, {"client": "C2"})
    with company.transaction() as session:
        processing.link_note(session, OPEN, added.uid)
    with company.reading() as session:
        shown = notes.one(session, ANNIE, OPEN, added.uid)
    assert (shown.note.link_status, shown.client, shown.activity) == (LinkStatus.CONFIRMED, "C2", None)


def test_a_note_about_nobody_can_be_said_to_be_so(company: Database, taker: Taker) -> None:
    """A null client is a person's word too: confirmed, and no client."""
    added = take(company, taker, TEXT)
    with company.transaction() as session:
        shown = notes.amend(session, ANNIE, OPEN, added.uid, {"client": None})
    assert (shown.note.link_status, shown.client) == (LinkStatus.CONFIRMED, None)


@pytest.mark.parametrize(("reader", "refusal"), [(BOB, NotFound), (SYLVIE, NotFound)])
def test_nobody_else_corrects_an_unlinked_note(
    company: Database, taker: Taker, reader: Person, refusal: type[Exception]
) -> None:
    """What one may not see one may not correct."""
    added = take(company, taker, TEXT)
    with pytest.raises(refusal), company.transaction() as session:
        notes.amend(session, reader, OPEN, added.uid, {"client": "C4"})


def test_a_colleague_who_sees_a_note_may_read_it_only(company: Database, taker: Taker) -> None:
    """A rep who shares the client sees the note and is refused when correcting it; their manager is not."""
    added = take(company, replace(taker, author=BOB), replace(TEXT, client="C4"))
    with company.transaction() as session:
        processing.link_note(session, OPEN, added.uid)
    with pytest.raises(NotAllowed), company.transaction() as session:
        notes.amend(session, ANNIE, OPEN, added.uid, {"text": "autre"})


def test_one_s_own_note_stays_when_its_client_goes(company: Database, taker: Taker) -> None:
    """When the client leaves the portfolio, the author keeps the note and no longer sees whose it is."""
    added = take(company, taker, replace(TEXT, client="C1"))
    with company.transaction() as session:
        processing.link_note(session, OPEN, added.uid)
    with company.reading() as session:
        hiding = Policy(hidden_statuses=frozenset({"active"}))
        shown = notes.one(session, ANNIE, hiding, added.uid)
    assert (shown.note.text, shown.client) == ("Rappeler mardi", None)


def test_a_page_of_notes_goes_on_where_the_one_before_ended(company: Database, taker: Taker) -> None:
    """Paging by two over five notes recorded at the same moment shows each once."""
    for number in range(5):
        take(company, taker, replace(TEXT, text=f"note {number}"))
    seen: list[str] = []
    before = None
    with company.reading() as session:
        while page := notes.listed(session, ANNIE, OPEN, before=before, limit=2):
            seen += [shown.note.text for shown in page]
            before = page[-1].note.id
    assert seen == [f"note {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("fields", "culprit"),
    [
        ({}, "audio"),
        ({"text": " \x00 "}, "audio"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "x", "recorded_at": "gestern"}, "recorded_at"),
        ({"text": "x", "lat": "91"}, "lat"),
        ({"text": "x", "lon": "nan"}, "lon"),
        ({"text": "x", "client": "C" * 101}, "client"),
    ],
)
def test_a_field_that_cannot_be_understood_is_named(fields: dict[str, str], culprit: str) -> None:
    """Each refusal says which field it is about."""
    with pytest.raises(Invalid) as refusal:
        notes.draft(fields, ANNIE.zone, NOW, None)
    assert refusal.value.values["field"] == culprit
