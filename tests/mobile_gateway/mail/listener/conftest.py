"""Listeners on loopback, with a company behind them whose reps and one device may write."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mobile_gateway.mail.listener import Listener
from mobile_gateway.mail.listener.limits import USUAL, Limits
from mobile_gateway.mail.parts import MailParts
from server.domain.policy import Policy
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.tables.mails import MailRow
from server.usecases import devices, mails
from server.usecases.devices import Enrolled
from server.web.services import Services
from tests.company import ANNIE, found
from tests.server.conftest import NOW, RememberingQueue

DOMAIN = "notes.test"
MAIL = b"From: annie@example.com\r\nSubject: Visite\r\n\r\nRappeler lundi.\r\n"


@dataclass
class Office:
    """The services behind a listener, and what has come in."""

    parts: MailParts
    queue: RememberingQueue = field(default_factory=RememberingQueue)

    @contextmanager
    def listening(self, road: str = "smtp", limits: Limits = USUAL) -> Iterator[Listener]:
        """A listener on a free port."""
        listener = Listener(self.parts, f"{road}://127.0.0.1:0", limits)
        assert listener.start()
        try:
            yield listener
        finally:
            listener.stop()

    def mails(self) -> list[MailRow]:
        """What has been taken, in the order it came."""
        with self.parts.services.database.reading() as session:
            return list(session.scalars(select(MailRow).order_by(MailRow.id)))

    def raw(self) -> list[bytes]:
        """The bytes of what has been taken."""
        return [self.parts.services.blobs.original(row.blob).read_bytes() for row in self.mails()]

    def half_written(self) -> list[Path]:
        """Temporary files that are there."""
        return list((self.parts.services.blobs.root / "incoming").iterdir())

    def device_address(self) -> str:
        """A new secret address of a new device of Annie's."""
        with self.parts.services.database.transaction() as session:
            return f"notes+{mails.new_address(session, _enrolled(session).signed.device_id)}@{DOMAIN}"

    def device_token(self) -> str:
        """The credential of a new device of Annie's."""
        with self.parts.services.database.transaction() as session:
            return _enrolled(session).token


def _enrolled(session: Session) -> Enrolled:
    code = devices.invite(session, ANNIE.email, NOW, by="tests").code
    enrolled = devices.enrol(session, code, "Bold", "BlackBerry", NOW, "127.0.0.1")
    assert enrolled is not None
    return enrolled


class Line:
    """A raw connection that says exactly what it is told to."""

    def __init__(self, listener: Listener) -> None:
        self.socket = socket.create_connection(("127.0.0.1", listener.port), timeout=10)
        self._file = self.socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.socket.close()

    def say(self, raw: bytes) -> None:
        """Send these bytes."""
        self.socket.sendall(raw)

    def hear(self) -> str:
        """One reply, of one line or more; empty when the server has hung up."""
        lines = [self._file.readline().decode()]
        while lines[-1][3:4] == "-":
            lines.append(self._file.readline().decode())
        return "".join(lines).strip()

    def ask(self, command: str) -> str:
        """A command and its reply."""
        self.say(command.encode() + b"\r\n")
        return self.hear()

    def greet(self, road: str = "smtp") -> Self:
        """Past the banner and the greeting."""
        self.hear()
        assert self.ask("EHLO client.test" if road == "smtp" else "LHLO client.test").startswith("250")
        return self

    def begin(self, *recipients: str, sender: str = ANNIE.email) -> Self:
        """Up to the point where the mail's text is awaited."""
        assert self.ask(f"MAIL FROM:<{sender}>").startswith("250")
        for recipient in recipients or (f"notes@{DOMAIN}",):
            assert self.ask(f"RCPT TO:<{recipient}>").startswith("250")
        assert self.ask("DATA").startswith("354")
        return self


@contextmanager
def client(listener: Listener) -> Iterator[smtplib.SMTP]:
    """An ordinary SMTP client that has greeted."""
    with smtplib.SMTP("127.0.0.1", listener.port, "client.test", timeout=10) as connection:
        connection.ehlo()
        yield connection


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    """The small company of `tests.company` and an empty store, on SQLite and on PostgreSQL."""
    return _office(database, tmp_path)


@pytest.fixture
def small_office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """The same on SQLite alone, taking mails of 100 kB at most."""
    database = Database(sqlite_url)
    office = _office(database, tmp_path)
    yield replace(office, parts=replace(office.parts, largest=100_000))
    database.close()


def _office(database: Database, folder: Path) -> Office:
    with database.transaction() as session:
        found(session, NOW)
    blobs = Blobs(folder / "blobs")
    blobs.prepare()
    queue = RememberingQueue()
    services = Services(database, blobs, queue, Policy(), lambda: NOW, "http://testserver")
    return Office(MailParts(services, DOMAIN), queue)
