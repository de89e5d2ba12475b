"""Mail from a real mailbox: taken by the service, put away, and there once whatever is killed."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from server.store.blobs import Blobs
from server.store.database import Database
from server.store.tables.mails import MailRow
from tests.wire import mail_servers
from tests.wire.conftest import ANNIE
from tests.wire.mail_servers import Dovecot
from tests.wire.service import Service, until


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """A mailbox."""
    if reason := mail_servers.dovecot_missing():
        pytest.skip(reason)
    with mail_servers.dovecot() as server:
        yield server


def message(number: int) -> bytes:
    """One of many mails."""
    return f"Return-Path: <{ANNIE}>\r\nSubject: memo {number}\r\n\r\nRappeler {number}\r\n".encode() + b"x" * 20_000


def taken(service: Service) -> list[bytes]:
    """The bytes of every mail that the service has taken, by the sender that the mailbox tells."""
    database = Database(f"sqlite:///{service.data / 'calepin.sqlite'}")
    with database.reading() as session:
        rows = list(session.scalars(select(MailRow).where(MailRow.sender == ANNIE, MailRow.road == "imap")))
    database.close()
    return [Blobs(service.data).original(row.blob).read_bytes() for row in rows]


def test_every_message_is_taken_once_and_put_away_whenever_the_service_is_killed(
    own_service: Service, dovecot: Dovecot
) -> None:
    """SIGKILL between the first and the last of twenty messages: each is there once, and the mailbox is in order."""
    own_service.settings = {
        "CALEPIN_MAIL_DOMAIN": "notes.test",
        "CALEPIN_SMTP_LISTEN": "",
        "CALEPIN_IMAP_URL": dovecot.url,
    }
    for number in range(20):
        dovecot.put(message(number))
    own_service.start()
    until(lambda: taken(own_service), 20, "the first is taken")
    own_service.kill()
    own_service.start()
    until(lambda: dovecot.count("INBOX") == 0, 20, "all are put away")
    assert sorted(taken(own_service)) == sorted(message(number) for number in range(20))
    assert dovecot.count("Calepin") == 20
    assert "mailbox: 0 messages in INBOX" in own_service.command("check")
    assert own_service.stop() == 0
