"""Mail is acknowledged when it is durable, and once."""

import smtplib
from contextlib import suppress

import pytest

from mobile_gateway.mail.listener import Listener
from server.store import jobs
from tests.company import ANNIE
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, MAIL, Line, Office, client


def test_a_mail_is_kept_with_its_job_before_it_is_acknowledged(office: Office) -> None:
    """After 250 the raw bytes, the row and the job are there, and no temporary file is."""
    with office.listening() as listener, client(listener) as connection:
        connection.sendmail(ANNIE.email, [f"Notes@{DOMAIN.upper()}"], MAIL)
        [row] = office.mails()
        assert (row.road, row.sender, row.recipient) == ("smtp", ANNIE.email, f"notes@{DOMAIN}")
        assert office.raw() == [MAIL]
        assert office.queue.jobs == [jobs.handle_mail(row.uid)]
        assert office.half_written() == []


def test_the_same_mail_sent_again_is_acknowledged_and_there_once(office: Office) -> None:
    """A repeat by a server that missed our reply is one mail."""
    with office.listening() as listener, client(listener) as connection:
        for _ in range(3):
            connection.sendmail(ANNIE.email, [f"notes@{DOMAIN}"], MAIL)
    assert len(office.mails()) == len(office.queue.jobs) == 1


def test_a_mail_to_two_addresses_is_kept_for_each(office: Office) -> None:
    """Over SMTP one reply stands for all recipients."""
    address = office.device_address()
    with office.listening() as listener, client(listener) as connection:
        assert connection.sendmail(ANNIE.email, [f"notes@{DOMAIN}", address], MAIL) == {}
    assert [row.recipient for row in office.mails()] == [f"notes@{DOMAIN}", address]


def test_a_mail_that_is_cut_off_leaves_nothing(small_office: Office) -> None:
    """A connection that ends before the final dot gives no mail and no file."""
    with small_office.listening() as listener:
        with Line(listener) as line:
            line.greet().begin().say(MAIL + b"." * 70_000)
        with client(listener) as connection:  # the listener goes on
            connection.sendmail(ANNIE.email, [f"notes@{DOMAIN}"], MAIL)
        assert small_office.raw() == [MAIL]
    assert small_office.half_written() == []


def test_dots_at_the_beginning_of_lines_come_through(small_office: Office) -> None:
    """Transparency of RFC 5321 §4.5.2, as smtplib applies it."""
    text = MAIL + b".\r\n..\r\n.hidden\r\n"
    with small_office.listening() as listener, client(listener) as connection:
        connection.sendmail(ANNIE.email, [f"notes@{DOMAIN}"], text)
    assert small_office.raw() == [text]


def test_commands_sent_in_a_row_are_all_answered(small_office: Office) -> None:
    """Pipelining (RFC 2920), also of what follows the mail."""
    commands = f"MAIL FROM:<{ANNIE.email}>\r\nRCPT TO:<notes@{DOMAIN}>\r\nDATA\r\n".encode()
    with small_office.listening() as listener, Line(listener) as line:
        line.greet().say(commands)
        assert [line.hear()[:3] for _ in range(3)] == ["250", "250", "354"]
        line.say(MAIL + b".\r\nRSET\r\nQUIT\r\n")
        assert [line.hear()[:3] for _ in range(3)] == ["250", "250", "221"]
    assert small_office.raw() == [MAIL]


def test_a_mail_under_way_is_taken_when_the_service_stops(small_office: Office) -> None:
    """Stopping waits for the end of a mail and says goodbye to whoever is silent."""
    with small_office.listening() as listener, Line(listener) as line, Line(listener) as silent:
        silent.greet()
        line.greet().begin().say(MAIL)
        listener._loop.call_soon_threadsafe(listener._over.set)  # type: ignore[union-attr]
        assert silent.hear().startswith("421")
        line.say(b".\r\n")
        assert line.hear().startswith("250")
        assert line.hear().startswith("421")
    assert small_office.raw() == [MAIL]


def test_nothing_is_told_about_who_exists_and_nothing_relayed(small_office: Office) -> None:
    """No VRFY, EXPN, AUTH, HELP; a banner without a version."""
    with small_office.listening() as listener, Line(listener) as line:
        assert line.hear() == f"220 {DOMAIN} ESMTP"
        greeting = line.ask("EHLO client.test")
        assert "AUTH" not in greeting
        assert "SIZE 100000" in greeting
        assert line.ask(f"VRFY <{ANNIE.email}>") == line.ask("VRFY <nobody@example.com>")
        assert [line.ask(command)[:3] for command in ("EXPN staff", "AUTH PLAIN AAAA", "HELP")] == ["500"] * 3


def test_an_address_in_use_is_a_warning_and_no_end(small_office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Where the port is taken, starting says so with the remedy, and goes on."""
    with small_office.listening() as listener:
        second = Listener(small_office.parts, f"127.0.0.1:{listener.port}")
        assert second.start() is False
        second.stop()
    assert "CALEPIN_SMTP_LISTEN" in caplog.text


def test_secret_addresses_are_not_logged(small_office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the log level, a device's address stands in no log."""
    caplog.set_level("DEBUG")
    address = small_office.device_address()
    with small_office.listening() as listener, client(listener) as connection:
        connection.sendmail("somebody@example.net", [address], MAIL)
        with suppress(smtplib.SMTPRecipientsRefused):
            connection.sendmail("somebody@example.net", [f"notes+wrong@{DOMAIN}"], MAIL)
    assert len(small_office.mails()) == 1
    assert "notes+" not in caplog.text
