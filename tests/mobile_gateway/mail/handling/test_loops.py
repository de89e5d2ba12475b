"""Restraint: machines, lists, bounces and ourselves are never answered."""

import pytest

from server.usecases import mails
from tests.company import ANNIE
from tests.mobile_gateway.mail.conftest import Post
from tests.mobile_gateway.mail.letterbox import DOMAIN, OURS, letter, recording

SIGNS = {
    "out of office": "Auto-Submitted: auto-replied",
    "made by a machine": "Auto-Submitted: auto-generated",
    "old answering machine": "X-Autoreply: yes",
    "bulk": "Precedence: bulk",
    "list": "List-Id: <team.example.com>",
    "suppressed": "X-Auto-Response-Suppress: All",
}


def bounce(message_id: str, action: str = "failed") -> bytes:
    """A delivery status about one of our mails (RFC 3464)."""
    return "\r\n".join(
        (
            "From: MAILER-DAEMON@mx.example.com",
            f"To: {OURS}",
            "Subject: Undelivered Mail Returned to Sender",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "It could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.com",
            "",
            f"Final-Recipient: rfc822; {ANNIE.email}",
            f"Action: {action}",
            "Status: 5.1.1",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"From: {OURS}",
            f"Message-ID: {message_id}",
            "Subject: Votre fiche",
            "",
            "--b--",
            "",
        )
    ).encode()


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_a_machine_s_mail_is_not_answered_and_its_words_are_no_note(post: Post, sign: str) -> None:
    """An out-of-office to our brief, a list's copy: handled in silence."""
    mail = post.write(subject="brief tremblay", text="Je suis absente", headers=(sign,))
    assert (mail.state, post.answers(), post.notes()) == ("handled", [], [])


def test_a_null_return_path_is_a_machine_s(post: Post) -> None:
    """Whatever its headers say."""
    assert post.deliver(letter("brief tremblay"), sender="").state == "handled"
    assert (post.answers(), post.notes()) == ([], [])


def test_a_machine_s_recordings_are_notes_all_the_same(post: Post) -> None:
    """A telephone system mails its voice messages by itself: kept, and not answered even if one is empty."""
    sign = (SIGNS["made by a machine"],)
    post.write(subject="Message de Tremblay", parts=(recording(), recording(b"", "x.amr")), headers=sign)
    assert [note.text for note in post.notes()] == ["Message de Tremblay"]
    assert post.answers() == []


@pytest.mark.parametrize(
    "ours",
    [
        letter("brief tremblay", headers=("X-Calepin-Loop: calepin.example.net",)),
        letter("brief tremblay", author=OURS),
        letter("brief tremblay", author=f"notes+abc@{DOMAIN}"),
    ],
    ids=["marked", "from us", "from a secret address"],
)
def test_our_own_mail_is_set_aside(post: Post, ours: bytes) -> None:
    """However it came back."""
    assert (post.deliver(ours).reason, post.answers()) == ("own-mail", [])


def test_a_bounce_of_our_own_mail_marks_it_as_failed(post: Post) -> None:
    """The administrators see it; nobody is answered."""
    post.write(subject="brief tremblay")
    (answer,) = post.answers()
    with post.parts.services.database.transaction() as session:
        mails.sent(session, answer.uid, post.now)
    late = post.deliver(bounce(f"<{answer.uid}@{DOMAIN}>", "delayed"), sender="")
    assert (late.state, post.answers()[0].state) == ("handled", "sent")
    mail = post.deliver(bounce(f"<{answer.uid}@{DOMAIN}>"), sender="")
    (answer,) = post.answers()
    assert (mail.state, answer.state, answer.reason) == ("handled", "failed", "bounced 5.1.1")


def test_a_bounce_of_somebody_else_s_mail_changes_nothing(post: Post) -> None:
    """A Message-ID of another domain, or of ours that was never given out."""
    post.write(subject="brief tremblay")
    (answer,) = post.answers()
    for message_id in (f"<{answer.uid}@elsewhere.example>", f"<{'0' * 24}@{DOMAIN}>", ""):
        assert post.deliver(bounce(message_id), sender="").state == "handled"
    assert [each.state for each in post.answers()] == ["waiting"]
