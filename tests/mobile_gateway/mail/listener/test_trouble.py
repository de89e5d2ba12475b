"""When the disk or the database fails nothing is acknowledged, and later it works again."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from mobile_gateway.mail.parts import MailParts
from server.store.blobs import Blobs, Incoming, Kept
from tests.mobile_gateway.mail.listener.conftest import MAIL, Line, Office
from tests.server.conftest import NOW


class FullFile(Incoming):
    """A file on a disk that has room for a thousand bytes; nothing can be synced on it."""

    def write(self, chunk: bytes) -> None:
        if self.size + len(chunk) > 1_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(chunk)

    def sync(self) -> Kept:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullBlobs(Blobs):
    """A store on such a disk, until somebody has made room."""

    full = True

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        with super().incoming() as whole:
            yield FullFile(whole._descriptor, whole.path) if self.full else whole


def with_blobs(office: Office, blobs: Blobs) -> Office:
    """The same office on another store."""
    return replace(office, parts=replace(office.parts, services=replace(office.parts.services, blobs=blobs)))


@pytest.mark.parametrize("mail", [MAIL, MAIL + b"x" * 5_000 + b"\r\n"], ids=["when synced", "on the way"])
def test_a_full_disk_puts_the_mail_off(small_office: Office, mail: bytes) -> None:
    """452 4.3.1 and nothing kept; when there is room again the same connection serves."""
    blobs = FullBlobs(small_office.parts.services.blobs.root)
    office = with_blobs(small_office, blobs)
    with office.listening() as listener, Line(listener) as line:
        line.greet().begin().say(mail + b".\r\n")
        assert line.hear().startswith("452 4.3.1")
        assert (office.mails(), office.half_written()) == ([], [])
        blobs.full = False
        line.begin().say(mail + b".\r\n")
        assert line.hear().startswith("250 2.0.0")
    assert office.raw() == [mail]


def test_a_mail_for_which_there_is_no_room_is_not_begun(small_office: Office) -> None:
    """What SIZE announces has to fit, and leave a reserve."""
    office = replace(small_office, parts=replace(small_office.parts, largest=1 << 60))
    with office.listening() as listener, Line(listener) as line:
        assert line.greet().ask(f"MAIL FROM:<annie@example.com> SIZE={1 << 59}").startswith("452 4.3.1")


def test_a_database_that_fails_puts_the_mail_off(office: Office) -> None:
    """451 when a recipient cannot be looked up or the row not written; afterwards it is taken."""
    database = office.parts.services.database
    with office.listening() as listener, Line(listener) as line:
        line.greet().begin()
        with database.transaction() as session:
            session.execute(text("ALTER TABLE mails RENAME TO away"))
        line.say(MAIL + b".\r\n")
        assert line.hear().startswith("451 4.3.0")
        with database.transaction() as session:
            session.execute(text("ALTER TABLE away RENAME TO mails"))
            session.execute(text("ALTER TABLE people RENAME TO away"))
        assert line.ask("MAIL FROM:<annie@example.com>").startswith("250")
        assert line.ask("RCPT TO:<notes@notes.test>").startswith("451 4.3.0")
        with database.transaction() as session:
            session.execute(text("ALTER TABLE away RENAME TO people"))
        assert line.ask("RSET").startswith("250")
        line.begin().say(MAIL + b".\r\n")
        assert line.hear().startswith("250 2.0.0")
    assert office.raw() == [MAIL]
    assert office.half_written() == []


def test_one_recipient_s_trouble_puts_off_that_recipient_alone(small_office: Office) -> None:
    """Over LMTP the other recipients are acknowledged."""
    office = replace(small_office, parts=_failing_once(small_office.parts))
    with office.listening("lmtp") as listener, Line(listener) as line:
        line.greet("lmtp").begin("a@notes.test", "b@notes.test").say(MAIL + b".\r\n")
        assert [line.hear()[:3] for _ in range(2)] == ["451", "250"]
    assert [row.recipient for row in office.mails()] == ["b@notes.test"]


def _failing_once(parts: MailParts) -> MailParts:
    failures = [OSError(errno.EIO, os.strerror(errno.EIO))]

    def clock() -> datetime:
        if failures:
            raise failures.pop()
        return NOW

    return replace(parts, services=replace(parts.services, clock=clock))
