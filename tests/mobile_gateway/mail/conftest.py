"""The small company with its mail: what came in is handled, and what was answered can be read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mobile_gateway.mail.handling import handle_mail
from mobile_gateway.mail.parts import MailParts
from server.domain.people import Person
from server.domain.policy import Policy
from server.jobs.notes import process_note
from server.jobs.parts import WorkerParts
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.tables.activities import ActivityRow
from server.store.tables.devices import DeviceRow
from server.store.tables.mails import MailRow, OutgoingRow, QuestionRow
from server.store.tables.notes import NoteRow
from server.usecases import mails, people
from server.usecases.mails import Envelope
from server.web.services import Services
from tests.company import ANNIE, found
from tests.mobile_gateway.mail.letterbox import DOMAIN, OURS, letter
from tests.server.conftest import RememberingQueue

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in Montréal


@dataclass
class Post:
    """The gateway's mail of a small company, and what became of it."""

    parts: MailParts
    queue: RememberingQueue
    keys: dict[str, bytes] = field(default_factory=dict)
    now: datetime = NOW
    silent_dns: bool = False

    def bring(self, raw: bytes, recipient: str = OURS, sender: str = ANNIE.email, road: str = "smtp") -> str | None:
        """Take a mail in as the listener does; its uid, None for one that is there already."""
        services = self.parts.services
        with services.blobs.incoming() as incoming:
            incoming.write(raw)
            kept = incoming.sync()
            with services.database.transaction() as session:
                envelope = Envelope(road, sender, recipient)
                return mails.take(session, self.queue, services.blobs, envelope, incoming, kept, self.now)

    def deliver(self, raw: bytes, recipient: str = OURS, sender: str = ANNIE.email, road: str = "smtp") -> MailRow:
        """Take a mail in and handle it; what became of it."""
        uid = self.bring(raw, recipient, sender, road)
        assert uid is not None
        self.handle(uid)
        return self.mail(uid)

    def write(self, **given: Any) -> MailRow:
        """A mail that Annie wrote and her mail server vouched for, delivered and handled."""
        return self.deliver(letter(**given))

    def handle(self, uid: str) -> None:
        """Run the job."""
        handle_mail(self.parts, uid, self._look_up)

    def mail(self, uid: str) -> MailRow:
        """The row of a mail that came in."""
        with self.parts.services.database.reading() as session:
            return session.scalars(select(MailRow).where(MailRow.uid == uid)).one()

    def notes(self) -> list[NoteRow]:
        """All notes, in the order in which they came."""
        with self.parts.services.database.reading() as session:
            return list(session.scalars(select(NoteRow).order_by(NoteRow.id)))

    def answers(self) -> list[OutgoingRow]:
        """All mails of ours, in the order in which they were written."""
        with self.parts.services.database.reading() as session:
            return list(session.scalars(select(OutgoingRow).order_by(OutgoingRow.id)))

    def questions(self) -> list[QuestionRow]:
        """All questions."""
        with self.parts.services.database.reading() as session:
            return list(session.scalars(select(QuestionRow)))

    def activities(self, rep_id: int = ANNIE.id) -> list[ActivityRow]:
        """A rep's activities that came by invitation, in the order of their start."""
        query = select(ActivityRow).where(ActivityRow.calendar_uid.is_not(None), ActivityRow.rep_id == rep_id)
        with self.parts.services.database.reading() as session:
            return list(session.scalars(query.order_by(ActivityRow.starts_at, ActivityRow.id)))

    def secret_address(self, rep_id: int = ANNIE.id) -> str:
        """The secret address of a new device of a rep's."""
        with self.parts.services.database.transaction() as session:
            row = DeviceRow(
                uid=f"device-{rep_id}", rep_id=rep_id, name="Bold", platform="BB", state="active", created_at=NOW
            )
            row.token_digest = f"token-{rep_id}"
            session.add(row)
            session.flush()
            return f"notes+{mails.new_address(session, row.id)}@{DOMAIN}"

    def add(self, *rows: object) -> None:
        """Write rows."""
        with self.parts.services.database.transaction() as session:
            session.add_all(rows)

    def process_notes(self) -> None:
        """Run the jobs of all notes."""
        services = self.parts.services
        worker = WorkerParts(services.database, services.blobs, services.policy, services.clock)
        for note in self.notes():
            process_note(worker, note.uid)

    def wish(self, person: Person, **changes: Any) -> None:
        """Say what somebody wants by mail."""
        with self.parts.services.database.transaction() as session:
            people.amend_wishes(session, person.id, changes)

    def later(self, span: timedelta) -> None:
        """Let time pass."""
        self.now += span

    def _look_up(self, name: str) -> bytes | None:
        if self.silent_dns:
            raise OSError("no answer from DNS")
        return self.keys.get(name)


@pytest.fixture
def post(database: Database, tmp_path: Path) -> Iterator[Post]:
    """The small company of `tests.company` at NOW with its mail, on SQLite and on PostgreSQL."""
    with database.transaction() as session:
        found(session, NOW)
    blobs = Blobs(tmp_path / "blobs")
    blobs.prepare()
    queue = RememberingQueue()
    services = Services(database, blobs, queue, Policy(), lambda: made.now, "https://notes.example.net")
    relay = "smtp://127.0.0.1:9?tls=off"  # nobody is asked to send: the jobs are only remembered
    made = Post(MailParts(services, DOMAIN, authserv_id="mx.example.net", relay=relay, patience=0.0), queue)
    yield made
    database.close()
