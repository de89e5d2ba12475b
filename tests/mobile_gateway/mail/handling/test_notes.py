"""Notes by mail: what becomes a note, with which words and which time."""

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.domain.policy import Policy
from tests.mobile_gateway.mail.conftest import NOW, Post
from tests.mobile_gateway.mail.letterbox import AMR, letter, recording

WRITTEN = datetime(2026, 11, 24, 14, 50, tzinfo=UTC)


def test_every_recording_is_a_note_with_the_words_of_the_mail(post: Post) -> None:
    """Two recordings are two notes; subject and text go to each, and the time is that of the mail."""
    second = AMR + AMR[6:]
    post.write(subject="Tremblay", text="Deux mémos", parts=(recording(), recording(second, "b.amr")))
    notes = post.notes()
    assert [note.text for note in notes] == ["Tremblay\nDeux mémos"] * 2
    assert {note.recorded_at for note in notes} == {WRITTEN}
    assert [note.type for note in notes] == ["audio/amr"] * 2
    services = post.parts.services
    assert [services.blobs.original(note.blob or "").read_bytes() for note in notes] == [AMR, second]
    assert [job.argument for job in post.queue.jobs if job.name == "process_note"] == [note.uid for note in notes]
    assert post.answers() == []


def test_words_alone_are_a_note_without_history_and_signature(post: Post) -> None:
    """What the sender wrote counts, with the subject if it says something."""
    quoted = "Commander du fil\r\n-- \r\nAnnie\r\n\r\nOn Mon, Bob wrote:\r\n> Ancien texte"
    post.write(subject="Garage Roy", text=quoted)
    post.write(subject="Voice note", text="Deuxième")
    post.write(subject="Re: Your brief", text="Troisième")
    post.write(subject="TR: Fwd: Papeterie Morin", text="Quatrième")
    assert [(note.kind, note.text) for note in post.notes()] == [
        ("text", "Garage Roy\nCommander du fil"),
        ("text", "Deuxième"),
        ("text", "Troisième"),
        ("text", "Papeterie Morin\nQuatrième"),
    ]


@pytest.mark.parametrize(
    ("date", "recorded_at"),
    [
        ("Tue, 24 Nov 2026 09:50:00 -0500", WRITTEN),
        ("Tue, 24 Nov 2026 10:00:30 -0500", NOW),
        ("Fri, 27 Nov 2026 09:50:00 -0500", NOW),
        ("Sat, 01 Jan 2000 00:00:00 +0000", NOW),
        ("nonsense", NOW),
    ],
    ids=["written", "clock ahead", "future", "clock never set", "unreadable"],
)
def test_the_time_is_the_date_of_the_mail_if_it_can_be_believed(post: Post, date: str, recorded_at: datetime) -> None:
    """Nothing is recorded after it came in, nor at the birth of a device's clock."""
    post.deliver(letter(text="Une note", date=date, parts=(recording(),)))
    assert post.notes()[0].recorded_at == recorded_at


def test_the_same_mail_by_two_roads_is_one_note(post: Post) -> None:
    """Redelivery with other trace headers, from a listener and a mailbox, is the same mail by its Message-ID."""
    first = letter(text="Une note", message_id="<once@example.com>")
    again = b"Received: from elsewhere\r\n" + first
    assert post.deliver(first).state == "handled"
    assert post.bring(first) is None
    repeat = post.deliver(again, road="imap")
    assert (repeat.state, repeat.reason) == ("handled", "repeated")
    assert len(post.notes()) == 1


def test_the_same_recording_in_two_mails_is_one_note(post: Post) -> None:
    """Bytes decide."""
    post.write(text="a", parts=(recording(),))
    post.write(text="b", parts=(recording(),))
    assert len(post.notes()) == 1


def test_the_same_words_another_day_are_another_note(post: Post) -> None:
    """“Called, nobody there” is said more than once."""
    post.write(text="Appelé, personne")
    post.later(timedelta(days=1))
    post.write(text="Appelé, personne")
    assert len(post.notes()) == 2


def test_handling_a_mail_twice_changes_nothing(post: Post) -> None:
    """The job may run as often as it likes."""
    mail = post.write(subject="brief tremblay")
    before = len(post.answers())
    post.handle(mail.uid)
    post.handle("no-such-mail")
    assert (before, len(post.answers())) == (1, 1)


def test_damaged_base64_is_kept_as_it_came_and_reported(post: Post) -> None:
    """The bytes are not decoded to noise: the note holds them as they came, and the sender is told."""
    torn = base64.encodebytes(AMR)[:-3] + b"%%%!\r\n"
    post.write(parts=(recording(encoded=torn),))
    kept = post.parts.services.blobs.original(post.notes()[0].blob or "").read_bytes()
    assert b"%%%!" in kept
    assert "note.amr a été abîmé" in post.answers()[0].text.replace("\n", " ")


def test_what_is_too_large_is_answered_with_the_limit_and_its_words_are_kept(post: Post) -> None:
    """A recording that must be longer than the longest note did not become one; what was written with it did."""
    services = replace(post.parts.services, policy=Policy(longest_note=60))
    post.parts = replace(post.parts, services=services)
    post.write(text="Trop long", parts=(recording(AMR + bytes(1600 * 60 + 65_536), "long.amr"),))
    assert [(note.kind, note.text) for note in post.notes()] == [("text", "Trop long")]
    assert "long.amr dépasse 1 min" in post.answers()[0].text


def test_a_file_name_with_folders_is_only_a_name(post: Post) -> None:
    """`../../x.amr` is written nowhere, and shown without its folders."""
    root = post.parts.services.blobs.root
    before = {path.name for path in root.parent.iterdir()}
    torn = base64.encodebytes(AMR)[:-3] + b"%%%!\r\n"
    post.write(parts=(recording(encoded=torn, name="../../x.amr"),))
    assert len(post.notes()) == 1
    assert {path.name for path in root.parent.iterdir()} == before
    assert post.answers()[0].text.startswith("x.amr ")


def test_an_empty_mail_is_answered_with_help(post: Post) -> None:
    """Nothing in it: the answer says so, and how it is done."""
    post.write(subject="", text="")
    assert post.notes() == []
    assert "fiche NOM" in post.answers()[0].text


def test_a_message_id_that_breaks_other_parsers_is_one(post: Post) -> None:
    """`<[x@y]>` is a name like any other: the mail is handled, and once."""
    for road in ("smtp", "imap"):
        post.deliver(letter(text="Une note", message_id="<[x@y]>", headers=(f"X-Road: {road}",)), road=road)
    assert len(post.notes()) == 1


def test_workers_that_handle_copies_at_the_same_time_make_one_note(post: Post) -> None:
    """Two mail servers deliver one mail at once, and the job of each copy runs twice: one note, all handled."""
    raw = letter(text="Une note", message_id="<race@example.com>")
    uids = [post.bring(f"X-Copy: {number}\r\n".encode() + raw) for number in range(4)]
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(post.handle, filter(None, uids * 2)))
    assert len(post.notes()) == 1
    assert {post.mail(uid).state for uid in uids if uid} == {"handled"}
