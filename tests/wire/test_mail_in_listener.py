"""Mail through a real Postfix: handed on by LMTP, acknowledged when durable, there once whatever is killed."""

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from server.store.blobs import Blobs
from server.store.database import Database
from server.store.tables.mails import MailRow
from tests.wire import mail_servers
from tests.wire.conftest import ANNIE, found_company
from tests.wire.mail_servers import Postfix
from tests.wire.service import Service, free_port, until

DOMAIN = "notes.test"


@pytest.fixture(scope="module")
def lmtp_port() -> int:
    """Where the service takes mail."""
    return free_port()


@pytest.fixture(scope="module")
def postfix(lmtp_port: int) -> Iterator[Postfix]:
    """A mail server that hands on to the service."""
    if reason := mail_servers.postfix_missing():
        pytest.skip(reason)
    with mail_servers.postfix(DOMAIN, lmtp_port) as server:
        yield server


@pytest.fixture
def mail_service(own_service: Service, lmtp_port: int) -> Service:
    """A service with a small company that takes mail by LMTP."""
    settings = {"CALEPIN_MAIL_DOMAIN": DOMAIN, "CALEPIN_SMTP_LISTEN": f"lmtp://127.0.0.1:{lmtp_port}"}
    own_service.settings = settings
    found_company(own_service.start())
    return own_service


def text(number: int, size: int = 60_000) -> bytes:
    """The lines of a recording, or what looks like one."""
    noise = hashlib.shake_128(b"%d" % number).hexdigest(size).encode()
    return b"".join(noise[at : at + 76] + b"\r\n" for at in range(0, len(noise), 76))


def mail(number: int) -> bytes:
    """One of many mails."""
    head = f"From: {ANNIE}\r\nSubject: memo {number}\r\nMessage-ID: <{number}@test>\r\n\r\n"
    return head.encode() + text(number)


def taken(service: Service) -> list[MailRow]:
    """What the service has acknowledged."""
    database = Database(f"sqlite:///{service.data / 'calepin.sqlite'}")
    with database.reading() as session:
        rows = list(session.scalars(select(MailRow).order_by(MailRow.id)))
    database.close()
    return rows


def raw(service: Service, row: MailRow) -> bytes:
    """Its bytes, which must be those that were hashed."""
    kept = Blobs(service.data).original(row.blob).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == row.blob
    return kept


def test_postfix_delivers_and_tells_each_recipient_its_own(mail_service: Service, postfix: Postfix) -> None:
    """A mail to us and to an address we refuse: one is kept, the other comes back to the sender, by one connection."""
    postfix.send(ANNIE, f"notes@{DOMAIN}", mail(1))
    postfix.send("stranger@example.net", f"notes@{DOMAIN}", mail(2))
    until(postfix.delivered, 20, "Postfix has nothing left to try")
    [row] = taken(mail_service)
    assert (row.road, row.sender, row.recipient) == ("lmtp", ANNIE, f"notes@{DOMAIN}")
    assert raw(mail_service, row).endswith(text(1))
    assert "said: 550 5.7.1 Not taken: write from" in (postfix.folder / "output").read_text()


def test_every_mail_is_there_once_whenever_the_service_is_killed(mail_service: Service, postfix: Postfix) -> None:
    """SIGKILL twice between deliveries: Postfix tries again, and each of thirty mails is there whole, once."""
    sender = threading.Thread(target=lambda: [postfix.send(ANNIE, f"notes@{DOMAIN}", mail(n)) for n in range(100, 130)])
    sender.start()
    for enough in (3, 12):
        until(lambda enough=enough: len(taken(mail_service)) >= enough, 20, "some are taken")  # type: ignore[misc]
        mail_service.kill()
        mail_service.start()
    sender.join()
    until(postfix.delivered, 30, "Postfix has nothing left to try")
    kept = [raw(mail_service, row) for row in taken(mail_service)]
    found = [next(number for number in range(100, 130) if each.endswith(text(number))) for each in kept]
    assert sorted(found) == list(range(100, 130))


def test_the_mail_role_takes_mail_alone(mail_service: Service, postfix: Postfix) -> None:
    """`serve --role mail` has a health page, takes mail, has no API, and ends with status 0."""
    mail_service.stop()
    command = [sys.executable, "-m", "deploy.cli", "serve", "--role", "mail"]
    mail_service.process = subprocess.Popen(command, env=mail_service.environment, stderr=subprocess.DEVNULL)
    until(mail_service._ready, 30, "the mail role is ready")
    postfix.send(ANNIE, f"notes@{DOMAIN}", mail(200))
    until(postfix.delivered, 20, "Postfix has nothing left to try")
    assert len(taken(mail_service)) == 1
    assert httpx.get(f"{mail_service.url}/livez").status_code == 200
    assert httpx.get(f"{mail_service.url}/api/v1/me").status_code == 404
    assert mail_service.stop() == 0
