"""Mail that no person wrote, and mail that came back."""

import pytest

from mobile_gateway.mail import reading
from server.domain.mails import Bounce
from tests.mobile_gateway.mail.reading.by_hand import HEADERS, mail, multipart, text


@pytest.mark.parametrize(
    "header",
    [
        b"Auto-Submitted: auto-replied",
        b"Auto-Submitted: auto-generated; type=x (comment)",
        b"Precedence: Bulk",
        b"Precedence: list",
        b"Precedence: junk",
        b"List-Id: Ventes <ventes.corp.example>",
        b"List-Unsubscribe: <mailto:x@y>",
        b"Return-Path: <>",
        b"X-Auto-Response-Suppress: DR, OOF, AutoReply",
        b"X-Auto-Response-Suppress: All",
        b"X-Autoreply: yes",
        b"Subject: Automatic reply: brief",
        "Subject: Réponse automatique : absent".encode(),
        b"Subject: =?utf-8?q?R=C3=A9ponse_automatique?= : absent",
        b"X-Calepin-Loop: calepin.example",
    ],
)
def test_no_answer_is_wanted(header: bytes) -> None:
    """Each sign alone is enough."""
    assert reading.read(mail(b"", header)).automatic.unanswerable


@pytest.mark.parametrize(
    "header",
    [
        b"Auto-Submitted: no",
        b"Precedence: normal",
        b"Return-Path: <anne@corp.example>",
        b"X-Auto-Response-Suppress: DR, RN",
        b"Subject: Automatic doors for Tremblay",
    ],
)
def test_people_are_answered(header: bytes) -> None:
    """What people's mail programs write is no sign."""
    assert not reading.read(mail(b"", header)).automatic.unanswerable


def test_robots_are_not_answered() -> None:
    """A mailer daemon without any header is known by its name."""
    assert reading.read(b"From: MAILER-DAEMON@mx.example\r\n\r\n").automatic.robot


STATUS = (
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    b"Final-Recipient: rfc822; anne@corp.example\r\nAction: Failed\r\nStatus: 5.1.1\r\n"
)
ORIGINAL = b"Message-ID: <ours@calepin.example>\r\nX-Calepin-Loop: calepin.example\r\nSubject: Fiche\r\n\r\n"


@pytest.mark.parametrize(
    "returned",
    [
        b"Content-Type: message/rfc822\r\n\r\n" + ORIGINAL + b"body",
        b"Content-Type: message/rfc822\r\n\r\n"
        b"X-Calepin-Loop: calepin.example\r\nMessage-ID: <ours@calepin.example>\r\n"
        + multipart(text("a"), text("b"), kind=b"alternative", boundary=b"in"),
        b"Content-Type: text/rfc822-headers\r\n\r\n" + ORIGINAL,
    ],
)
def test_a_bounce_of_our_own(returned: bytes) -> None:
    """A bounce says whom it is about and which mail of ours came back."""
    report = multipart(text("Sorry"), STATUS, returned, kind=b"report; report-type=delivery-status")
    read = reading.read(b"Return-Path: <>\r\n" + HEADERS + report)
    assert Bounce(("anne@corp.example",), "failed", "5.1.1", "ours@calepin.example", "calepin.example") == read.bounce
    assert (read.automatic.report, read.automatic.unanswerable) == ("delivery-status", True)


def test_a_bounce_without_the_mail() -> None:
    """A bounce that returns nothing is one all the same."""
    bounce = reading.read(HEADERS + multipart(STATUS, kind=b"report")).bounce
    assert bounce == Bounce(("anne@corp.example",), "failed", "5.1.1")
