"""Receipts: what became of a note that came by mail."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from mobile_gateway.mail.notices import write_receipts
from server.domain.notes import LinkStatus
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from tests.company import ANNIE
from tests.mobile_gateway.mail.conftest import NOW, Post
from tests.mobile_gateway.mail.letterbox import letter, recording


def test_whoever_wants_all_receipts_is_told_where_a_note_went(post: Post) -> None:
    """“Linked to …” with the reason, in answer to the mail, once."""
    post.wish(ANNIE, receipt="always")
    post.write(text="Chez Tremblay, nouveau four", message_id="<said@example.com>")
    assert write_receipts(post.parts) == 0
    post.process_notes()
    assert (write_receipts(post.parts), write_receipts(post.parts)) == (1, 0)
    (receipt,) = post.answers()
    assert receipt.text.startswith("Liée à Boulangerie Tremblay inc.\n")
    assert "Chez Tremblay" in receipt.text
    assert (receipt.recipient, receipt.automatic) == (ANNIE.email, True)
    assert (receipt.in_reply_to or "").strip("<>") == "said@example.com"
    assert receipt.subject == "Votre note de 09:50"


@pytest.mark.parametrize(("wanted", "count"), [("off", 0), ("trouble", 0), ("always", 1)])
def test_a_note_that_found_its_client_is_no_trouble(post: Post, wanted: str, count: int) -> None:
    """Only who wants all receipts hears of it."""
    post.wish(ANNIE, receipt=wanted)
    post.write(text="Chez Tremblay, nouveau four")
    post.process_notes()
    assert write_receipts(post.parts) == 1
    assert len(post.answers()) == count


@pytest.mark.parametrize(("wanted", "count"), [("off", 0), ("trouble", 1), ("always", 1)])
def test_an_unclear_note_is_trouble(post: Post, wanted: str, count: int) -> None:
    """A note that names nobody, hours from any meeting, is told to whom wants to know of trouble."""
    post.wish(ANNIE, receipt=wanted)
    post.write(text="Rappeler demain", date="Mon, 23 Nov 2026 22:00:00 -0500")
    post.process_notes()
    write_receipts(post.parts)
    assert len(post.answers()) == count


def test_a_doubtful_note_asks_and_a_digit_links_it(post: Post) -> None:
    """Two garages: three choices at most, and the number in an answer is the rep's word."""
    post.add(ClientRow(ref="C9", name="Garage Roy Laval", manager_id=ANNIE.id, city="Laval", updated_at=NOW))
    post.write(text="Le garage veut un devis", date="Mon, 23 Nov 2026 22:00:00 -0500")
    post.process_notes()
    write_receipts(post.parts)
    (receipt,) = post.answers()
    assert "Répondez par le numéro" in receipt.text.replace("\n", " ")
    numbers = [line for line in receipt.text.splitlines() if line[:2] in ("1.", "2.", "3.")]
    assert len(numbers) == 2
    chosen = next(line[0] for line in numbers if "Laval" in line)
    uid = receipt.uid
    post.deliver(letter(text=chosen, headers=(f"In-Reply-To: <{uid}@calepin.example.net>",)))
    (note,) = post.notes()
    assert note.link_status == LinkStatus.CONFIRMED
    assert post.answers()[-1].text.strip() == "Liée à Garage Roy Laval"


def test_a_recording_that_cannot_be_played_is_told_with_the_remedy(post: Post) -> None:
    """It is kept, and its sender can send it again while the device still has it."""
    post.write(text="Tremblay", parts=(recording(b"#!AMR\n" + b"\xff" * 500),))
    post.process_notes()
    write_receipts(post.parts)
    (receipt,) = post.answers()
    told = receipt.text.replace("\n", " ")
    assert "est conservée, mais elle est illisible" in told
    assert "Liée à" in told or "Répondez" in told
    assert max(map(len, receipt.text.splitlines())) <= 40


def test_a_receipt_waits_for_what_was_said_but_not_for_ever(post: Post) -> None:
    """While a recording is being written down its client may still be found; after five minutes it is told anyway."""
    post.wish(ANNIE, receipt="always")
    post.write(text="Chez Tremblay, nouveau four")
    post.process_notes()
    with post.parts.services.database.transaction() as session:
        session.execute(update(NoteRow).values(transcribing="due"))
    assert write_receipts(post.parts) == 0
    post.later(timedelta(minutes=6))
    assert write_receipts(post.parts) == 1
    assert len(post.answers()) == 1


def test_a_machine_gets_no_receipt(post: Post) -> None:
    """A recording that a voice box mailed by itself is a note, and nobody is written to."""
    post.wish(ANNIE, receipt="always")
    post.write(text="Voice box", parts=(recording(),), headers=("Auto-Submitted: auto-generated",))
    post.process_notes()
    assert len(post.notes()) == 1
    assert write_receipts(post.parts) == 0
    assert post.answers() == []
