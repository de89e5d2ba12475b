"""The pages in a small application, a company of two reps, and browsers to look at them with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from mobile_gateway.pages.routes import router
from server.domain.policy import Policy
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import Job
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from server.usecases import devices, processing
from server.web import health, problems
from server.web.headers import Envelope
from server.web.services import Services
from tests.mobile_gateway.pages.browser import Browser

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in Montréal
ANNIE, BOB = "annie@example.com", "bob@example.com"


@dataclass
class Jobs:
    """A queue that does nothing but tell what was put into it."""

    put_in: list[Job] = field(default_factory=list)

    def put(self, session: Session, job: Job) -> None:
        """Remember it."""
        self.put_in.append(job)


@dataclass
class Company:
    """The application and what is behind it."""

    services: Services
    app: FastAPI
    jobs: Jobs

    def browser(self, email: str = ANNIE) -> Browser:
        """A browser that this rep has connected by their invitation link."""
        browser = Browser(self.app)
        browser.post(f"/m/i/{self.invite(email)}", data={"name": "Bold 9900"})
        return browser

    def invite(self, email: str = ANNIE) -> str:
        """A fresh code."""
        with self.services.database.transaction() as session:
            return devices.invite(session, email, self.services.clock(), by="tests").code

    def process(self) -> None:
        """What the worker does to the notes that wait, as far as it is about linking."""
        while self.jobs.put_in:
            uid = self.jobs.put_in.pop().argument
            with self.services.database.transaction() as session:
                processing.link_note(session, self.services.policy, uid)
                processing.finish(session, uid)

    def add(self, *rows: object) -> None:
        """Write rows."""
        with self.services.database.transaction() as session:
            session.add_all(rows)


@pytest.fixture
def empty(sqlite_url: str, tmp_path: Path) -> Iterator[Company]:
    """An application on SQLite with nobody in it."""
    yield from _company(Database(sqlite_url), tmp_path)


@pytest.fixture
def company(empty: Company) -> Company:
    """Annie (French) has a visit under way and one to come; Bob (English) has a client of his own."""
    _found(empty)
    return empty


@pytest.fixture
def either_company(database: Database, tmp_path: Path) -> Iterator[Company]:
    """The same company on SQLite and on PostgreSQL."""
    for made in _company(database, tmp_path):
        _found(made)
        yield made


def visit(ref: str, client_id: int, starts_at: datetime, rep_id: int = 1, **others: object) -> ActivityRow:
    """A planned visit of one hour."""
    return ActivityRow(
        ref=ref,
        rep_id=rep_id,
        client_id=client_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        **{"subject": "Suivi", **others},
    )


def client(number: int, name: str, manager_id: int = 1, **others: object) -> ClientRow:
    """A client with the reference C and its number."""
    values = {"ref": f"C{number}", "city": "Laval", "phone": "450 555-0142", "category": "A", **others}
    return ClientRow(id=number, name=name, manager_id=manager_id, updated_at=NOW, **values)


def note(number: int, **others: object) -> NoteRow:
    """A spoken note of Annie's about the first client, recorded that many hours ago."""
    values = {
        "rep_id": 1,
        "kind": "voice",
        "state": "processed",
        "recorded_at": NOW - timedelta(hours=number),
        "seconds": 42.0,
        "blob": "ab" * 32,
        "client_id": 1,
        "link_status": "linked",
        **others,
    }
    return NoteRow(uid=f"{number:024}", fingerprint=str(number), received_at=NOW, **values)


def _company(database: Database, folder: Path) -> Iterator[Company]:
    blobs = Blobs(folder / "blobs")
    blobs.prepare()
    jobs = Jobs()
    services = Services(database, blobs, jobs, Policy(), lambda: NOW, "http://testserver")
    app = FastAPI()
    app.state.services = services
    app.include_router(router)
    problems.install(app)
    app.add_middleware(Envelope, https=False, figures=health.Figures())
    yield Company(services, app, jobs)
    database.close()


def _found(company: Company) -> None:
    company.add(
        PersonRow(id=1, email=ANNIE, name="Annie Gagnon", language="fr"),
        PersonRow(id=2, email=BOB, name="Bob Fraser", language="en"),
    )
    company.add(
        client(1, "Boulangerie Tremblay inc."),
        client(2, "Garage Roy & Fils ltée", city="Granby", category="B"),
        client(3, "Hardware Smith Ltd.", manager_id=2, city="Montréal"),
    )
    company.add(
        visit("A1", 1, NOW - timedelta(minutes=30)),
        visit("A2", 2, NOW + timedelta(hours=2)),
        visit("A3", 3, NOW - timedelta(minutes=30), rep_id=2),
    )
