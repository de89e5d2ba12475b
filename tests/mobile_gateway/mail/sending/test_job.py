"""Handing a mail to the next server: once, again while it may go better, and given up where it never will."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from mobile_gateway.mail.sending import RelayFault, greet, parse_relay, send_mail
from server.domain.letters import Letter, OutgoingState
from server.store.tables.audit import AuditRow
from server.store.tables.mails import OutgoingRow
from server.usecases import mails
from tests.company import ANNIE
from tests.mail_sink import Sink, sink
from tests.mobile_gateway.mail.conftest import Post
from tests.mobile_gateway.mail.letterbox import OURS
from tests.wire.service import free_port


def written(post: Post, key: str = "answer-1", **given: Any) -> str:
    """A mail that is due; its uid."""
    letter = Letter(key, ANNIE.id, ANNIE.email, "Votre fiche", "Tremblay\n", **given)
    with post.parts.services.database.transaction() as session:
        uid = mails.send(session, post.queue, letter, post.now)
    assert uid is not None
    return uid


def send(post: Post, uid: str, relay: str) -> OutgoingRow:
    """Run the job; how the mail stands."""
    send_mail(replace(post.parts, relay=relay), uid)
    return row(post, uid)


def row(post: Post, uid: str) -> OutgoingRow:
    """How the mail stands."""
    with post.parts.services.database.reading() as session:
        return session.scalars(select(OutgoingRow).where(OutgoingRow.uid == uid)).one()


def failures(post: Post) -> list[AuditRow]:
    """What the administrators see of mails that could not be delivered."""
    with post.parts.services.database.reading() as session:
        return list(session.scalars(select(AuditRow).where(AuditRow.action == "mail-failed")))


@pytest.fixture
def next_server() -> Any:
    """A server that takes mail."""
    with sink() as taking:
        yield taking


def test_a_mail_is_handed_over_once_however_often_the_job_runs(post: Post, next_server: Sink) -> None:
    """Null return path, the registered address, and `sent` with its time."""
    uid = written(post)
    assert send(post, uid, next_server.url).state == OutgoingState.SENT
    send(post, uid, next_server.url)
    (envelope,) = next_server.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("<>", [ANNIE.email])
    assert next_server.mails[0]["Message-ID"] == f"<{uid}@{post.parts.domain}>"
    assert row(post, uid).sent_at == post.now


def test_what_we_send_by_ourselves_can_bounce(post: Post, next_server: Sink) -> None:
    """A digest has a return path of ours."""
    send(post, written(post, automatic=False), next_server.url)
    assert next_server.envelopes[0].mail_from == OURS


def test_a_busy_server_is_tried_again_and_gets_the_same_mail(post: Post, next_server: Sink) -> None:
    """451: the job fails and the mail stays; the next try delivers it."""
    next_server.replies = ["451 4.3.0 Later"]
    uid = written(post)
    with pytest.raises(RelayFault, match="answers 451"):
        send(post, uid, next_server.url)
    assert row(post, uid).state == OutgoingState.WAITING
    assert send(post, uid, next_server.url).state == OutgoingState.SENT


def test_a_refusal_is_final_and_the_administrators_see_it(post: Post, next_server: Sink) -> None:
    """550: given up, with the server's words in the audit log."""
    next_server.replies = ["550 5.1.1 No such user"]
    uid = written(post)
    assert send(post, uid, next_server.url).state == OutgoingState.FAILED
    (entry,) = failures(post)
    assert (entry.object, entry.detail["reason"]) == (ANNIE.email, "550 5.1.1 No such user")
    send(post, uid, next_server.url)
    assert next_server.envelopes == []
    assert len(failures(post)) == 1


def test_a_server_that_is_away_loses_nothing(post: Post) -> None:
    """Nobody listens: the mail waits."""
    uid = written(post)
    with pytest.raises(RelayFault, match=r"^127\.0\.0\.1:"):
        send(post, uid, f"smtp://127.0.0.1:{free_port()}?tls=off")
    assert row(post, uid).state == OutgoingState.WAITING


def test_after_three_days_it_is_given_up(post: Post, next_server: Sink) -> None:
    """Nobody needs it any more, and the administrators see that it failed."""
    uid = written(post)
    post.later(timedelta(days=3, minutes=1))
    assert send(post, uid, next_server.url).state == OutgoingState.FAILED
    assert [entry.detail["reason"] for entry in failures(post)] == ["too late"]
    assert next_server.envelopes == []


def test_without_a_relay_it_waits(post: Post) -> None:
    """Until an administrator names one."""
    assert send(post, written(post), "").state == OutgoingState.WAITING


def _checking(login: str, password: str) -> Callable[..., AuthResult]:
    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        good = (data.login, data.password) == (login.encode(), password.encode())
        return AuthResult(success=good, handled=False)

    return check


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_it_logs_in_and_a_wrong_password_costs_no_mail(post: Post) -> None:
    """535 is our own fault: the mail stays, and the sentence names the setting and not the password."""
    checking = _checking("calepin", "right")
    with sink(auth_required=True, auth_require_tls=False, authenticator=checking) as server:
        uid = written(post)
        with pytest.raises(RelayFault, match="CALEPIN_SMTP_RELAY") as refused:
            send(post, uid, f"smtp://calepin:wrong@127.0.0.1:{server.port}")
        assert "wrong" not in str(refused.value)
        assert row(post, uid).state == OutgoingState.WAITING
        assert send(post, uid, f"smtp://calepin:right@127.0.0.1:{server.port}").state == OutgoingState.SENT


def test_greeting_says_how_the_relay_is_connected(next_server: Sink) -> None:
    """For `calepin check`."""
    assert greet(parse_relay(next_server.url), "notes.test") == "without TLS"
    with pytest.raises(RelayFault):
        greet(parse_relay(f"smtp://127.0.0.1:{free_port()}"), "notes.test")


def test_a_bounce_of_what_we_sent_is_shown_to_the_administrators(post: Post, next_server: Sink) -> None:
    """The report names our Message-ID, which its recipient alone knew: the mail is `failed`, once."""
    uid = written(post, automatic=False)
    send(post, uid, next_server.url)
    post.deliver(_bounce(uid), sender="")
    assert row(post, uid).state == OutgoingState.FAILED
    assert [entry.detail["mail"] for entry in failures(post)] == [uid]


def _bounce(uid: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example.com\r\n"
        f"To: {OURS}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Auto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {ANNIE.email}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: <{uid}@calepin.example.net>\r\nSubject: Votre fiche\r\n\r\nTremblay\r\n"
        "--b--\r\n"
    ).encode()
