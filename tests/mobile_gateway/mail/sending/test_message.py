"""A mail of ours as bytes."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from mobile_gateway.mail.reading import read
from mobile_gateway.mail.sending.message import Composed, Unwritable, compose
from server.usecases.mails import Outgoing

NOW = datetime(2026, 11, 24, 15, 0, 3, 250, tzinfo=UTC)
UID = "0123456789abcdef01234567"


def outgoing(**given: object) -> Outgoing:
    """A mail that is due."""
    values: dict[str, object] = {
        "uid": UID,
        "recipient": "annie@example.com",
        "subject": "Votre fiche",
        "text": "Café « Chez Zoé »\n",
        "html": None,
        "calendar": None,
        "in_reply_to": "ask@example.com",
        "automatic": True,
        "created_at": NOW,
        "until": NOW,
    }
    return Outgoing(**(values | given))  # type: ignore[arg-type]


def parsed(composed: Composed) -> EmailMessage:
    """As a mail program reads it."""
    message = message_from_bytes(composed.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_it_is_the_same_bytes_whenever_it_is_tried() -> None:
    """Text alone; with a page and a calendar the boundaries differ, but never the identity."""
    assert compose(outgoing(), "notes.test") == compose(outgoing(), "notes.test")
    message = parsed(compose(outgoing(html="<p>x</p>", calendar="BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n"), "notes.test"))
    assert (message["Message-ID"], message["Date"]) == (f"<{UID}@notes.test>", "Tue, 24 Nov 2026 15:00:03 +0000")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    assert list(message.iter_parts())[2].get_param("method") == "REPLY"


def test_an_answer_has_no_return_path_and_says_that_a_machine_wrote_it() -> None:
    """RFC 3834: nothing comes back to it, and no other machine answers it."""
    answer, digest = compose(outgoing(), "notes.test"), compose(outgoing(automatic=False), "notes.test")
    assert (answer.sender, digest.sender) == ("", "notes@notes.test")
    assert (parsed(answer)["Auto-Submitted"], parsed(digest)["Auto-Submitted"]) == ("auto-replied", "auto-generated")
    assert parsed(answer)["In-Reply-To"] == "<ask@example.com>"
    assert read(answer.content).automatic.unanswerable


@pytest.mark.parametrize("subject", ["a\r\nBcc: everybody@example.net", "a\nb", "\x00a", "é" * 300, "\udc80"])
def test_a_subject_cannot_break_out_of_its_line(subject: str) -> None:
    """Whatever is in it, there is no header that we did not write, and no line is too long."""
    content = compose(outgoing(subject=subject), "notes.test").content
    message = message_from_bytes(content, policy=default)
    assert message["Bcc"] is None
    assert max(map(len, content.splitlines())) <= 998
    assert content.isascii()


@pytest.mark.parametrize("identity", ["a b@c", "x>\r\nBcc: y@z", "é@z", "x" * 2000, ""])
def test_an_identity_that_no_header_holds_is_left_out(identity: str) -> None:
    """What a stranger called their mail goes into our headers only where it is harmless."""
    message = parsed(compose(outgoing(in_reply_to=identity), "notes.test"))
    assert (message["In-Reply-To"], message["Bcc"]) == (None, None)


def test_what_is_no_text_is_left_out_of_the_text() -> None:
    """NUL and half a surrogate pair."""
    message = parsed(compose(outgoing(text="a\x00b\ud800c\r\nd"), "notes.test"))
    assert message.get_content().splitlines() == ["abc", "d"]


def test_a_domain_of_other_letters_is_written_in_ascii() -> None:
    """As every mail server takes it."""
    assert compose(outgoing(recipient="annie@bücher.example"), "notes.test").recipient == "annie@xn--bcher-kva.example"


@pytest.mark.parametrize("address", ["nobody", "@x.test", "a@", "a b@c.test", "a@b\r\nX: y", "é@x.test", "<a@b.test>"])
def test_an_address_that_cannot_be_written_is_refused(address: str) -> None:
    """Before anything is sent."""
    with pytest.raises(Unwritable):
        compose(outgoing(recipient=address), "notes.test")
