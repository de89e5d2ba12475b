"""Who sent a mail: what counts as proof, and that nothing is ever answered without one."""

import pytest

from server.store.tables.people import PersonRow
from tests.company import ANNIE, BOB
from tests.mobile_gateway.mail.conftest import Post
from tests.mobile_gateway.mail.letterbox import DOMAIN, OURS, VOUCHED, letter, recording


def test_a_registered_address_that_our_mail_server_vouches_for_is_its_person(post: Post) -> None:
    """A DMARC pass by our own mail server makes Annie's mail hers."""
    mail = post.write(text="Nouveau four chez Tremblay")
    assert (mail.state, mail.rep_id) == ("handled", ANNIE.id)
    assert [(note.rep_id, note.device_id) for note in post.notes()] == [(ANNIE.id, None)]


def test_a_secret_address_is_its_device_s_rep_whoever_the_author(post: Post) -> None:
    """A mail to the secret address of Annie's device is a note of hers; the answer goes to her registered address."""
    address = post.secret_address()
    stranger = letter("Memo", "Rappeler Roy", author="someone@example.org", vouched=None)
    assert post.deliver(stranger, recipient=address.upper()).state == "handled"
    note = post.notes()[0]
    assert (note.rep_id, note.device_id is not None) == (ANNIE.id, True)
    post.deliver(letter("help", author="someone@example.org", vouched=None), recipient=address)
    assert [answer.recipient for answer in post.answers()] == [ANNIE.email]


def test_a_secret_counts_from_the_headers_of_a_mailbox_too(post: Post) -> None:
    """A mailbox knows its own name only: the secret is found in Delivered-To or To."""
    raw = letter(text="Une note", vouched=None, headers=(f"Delivered-To: {post.secret_address()}",))
    assert post.deliver(raw, recipient="calepin@example.net", road="imap").state == "handled"
    assert len(post.notes()) == 1


@pytest.mark.parametrize(
    ("author", "vouched", "reason"),
    [
        (ANNIE.email, None, "unproven"),
        (ANNIE.email, "mx.evil.example; dmarc=pass header.from=example.com", "unproven"),
        (ANNIE.email, "mx.example.net; dmarc=fail header.from=example.com", "unproven"),
        (ANNIE.email, "mx.example.net; dkim=pass header.d=evil.example", "unproven"),
        ("nobody@example.com", VOUCHED, "unknown-sender"),
        (f"{ANNIE.email}, {BOB.email}", VOUCHED, "several-authors"),
    ],
    ids=["forged From", "forged results", "failed", "other domain", "unknown", "several authors"],
)
def test_what_is_not_proved_is_set_aside_in_silence(post: Post, author: str, vouched: str | None, reason: str) -> None:
    """Nothing is kept as a note and nothing is answered; the mail stays with its reason."""
    raw = letter("brief tremblay", parts=(recording(),), author=author, vouched=vouched)
    mail = post.deliver(raw)
    assert (mail.state, mail.reason, mail.rep_id) == ("set-aside", reason, None)
    assert (post.notes(), post.answers()) == ([], [])


def test_a_second_from_header_is_set_aside_even_at_a_secret_address(post: Post) -> None:
    """Readers differ in which of two authors they show."""
    raw = letter(text="Une note", headers=(f"From: {BOB.email}",))
    assert post.deliver(raw, recipient=post.secret_address()).reason == "several-authors"


def test_a_wrong_secret_proves_nothing(post: Post) -> None:
    """A guessed address is as good as none."""
    raw = letter(text="Une note", vouched=None)
    assert post.deliver(raw, recipient=f"notes+abcdefghjkmn@{DOMAIN}").reason == "unproven"


def test_somebody_who_has_left_is_a_stranger(post: Post) -> None:
    """A person who is not active sends no notes and gets no briefs."""
    post.add(PersonRow(id=9, email="gone@example.com", name="Gone", active=False))
    assert post.deliver(letter("brief tremblay", author="gone@example.com")).reason == "unknown-sender"
    assert post.answers() == []


def test_an_answer_goes_to_the_registered_address_and_not_where_the_mail_says(post: Post) -> None:
    """Reply-To, Sender and the return path are no business of ours."""
    raw = letter("aide", headers=("Reply-To: evil@example.org", "Sender: evil@example.org"))
    post.deliver(raw, OURS, sender="evil@example.org")
    assert [answer.recipient for answer in post.answers()] == [ANNIE.email]
