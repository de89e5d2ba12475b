"""LMTP: a reply for each recipient (RFC 2033)."""

import smtplib

from tests.company import ANNIE
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, MAIL, Line, Office


def test_each_recipient_that_was_taken_gets_a_reply_of_its_own(office: Office) -> None:
    """Two of three recipients are taken, one of them twice: three replies after the mail, in their order."""
    address = office.device_address()
    with office.listening("lmtp") as listener, Line(listener) as line:
        assert line.hear() == f"220 {DOMAIN} LMTP"
        assert line.ask("LHLO mta.test").startswith("250")
        assert line.ask(f"MAIL FROM:<{ANNIE.email}>").startswith("250")
        recipients = (f"notes@{DOMAIN}", "other@example.com", address, f"notes@{DOMAIN}")
        assert [line.ask(f"RCPT TO:<{recipient}>")[:3] for recipient in recipients] == ["250", "550", "250", "250"]
        assert line.ask("DATA").startswith("354")
        line.say(MAIL + b".\r\n")
        assert [line.hear()[:3] for _ in range(3)] == ["250", "250", "250"]
        assert line.ask("QUIT").startswith("221")
    assert [(row.road, row.recipient) for row in office.mails()] == [("lmtp", f"notes@{DOMAIN}"), ("lmtp", address)]


def test_a_mail_that_is_too_large_is_refused_for_each(small_office: Office) -> None:
    """Refusals too come once for each recipient."""
    with small_office.listening("lmtp") as listener, Line(listener) as line:
        line.greet("lmtp").begin(f"notes@{DOMAIN}", f"brief@{DOMAIN}").say(b"x" * 120_000 + b"\r\n.\r\n")
        assert [line.hear()[:9] for _ in range(2)] == ["552 5.3.4"] * 2
        assert line.ask("NOOP").startswith("250")
    assert small_office.mails() == []
    assert small_office.half_written() == []


def test_smtp_greetings_are_no_lmtp(small_office: Office) -> None:
    """EHLO is refused (RFC 2033 §4.1), and smtplib's own LMTP client is understood."""
    with small_office.listening("lmtp") as listener:
        with Line(listener) as line:
            line.hear()
            assert line.ask("EHLO mta.test").startswith("500")
        with smtplib.LMTP("127.0.0.1", listener.port, "client.test") as connection:
            connection.sendmail(ANNIE.email, [f"notes@{DOMAIN}"], MAIL)
    assert small_office.raw() == [MAIL]
