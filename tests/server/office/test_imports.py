"""Bulk files over HTTP: who may send them, in which form, and what is answered."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import openpyxl
import pytest
from fastapi import FastAPI

from server.domain.policy import Policy
from server.office import imports
from server.store import audit, clients, people
from server.store.blobs import Blobs
from server.store.database import Database
from server.usecases import keys
from server.web import problems
from server.web.services import Services
from tests.server.conftest import RememberingQueue
from tests.server.usecases.imports.conftest import CLIENTS, REPS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def services(database: Database, blobs: Blobs, queue: RememberingQueue) -> Services:
    """What the endpoints work with."""
    return Services(database, blobs, queue, Policy(), lambda: datetime.now(UTC), "http://127.0.0.1:8000")


@dataclass(frozen=True)
class Office:
    """A system with an integration key; each call is one request."""

    app: FastAPI
    key: str

    def put(self, noun: str, content: bytes | str | AsyncIterator[bytes], kind: str, **headers: str) -> httpx.Response:
        """Send a table; `noun` may end in a query."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/office/api/v1") as client:
                own = {"Authorization": f"Bearer {self.key}", "Content-Type": kind}
                return await client.put(f"/{noun}", content=content, headers=own | headers)

        return asyncio.run(send())


@pytest.fixture
def office(services: Services) -> Office:
    """The integration API of one system."""
    app = FastAPI()
    app.state.services = services
    app.include_router(imports.router)
    problems.install(app)
    with services.database.transaction() as session:
        return Office(app, keys.create(session, "erp", services.clock(), by="tests"))


def put(office: Office, noun: str, content: bytes | str, kind: str = "text/csv") -> httpx.Response:
    """Send a table, as CSV unless told otherwise."""
    return office.put(noun, content, kind)


def workbook(text: str) -> bytes:
    """The same table as a workbook."""
    book, saved = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(saved)
    return saved.getvalue()


def test_a_table_is_brought_in_and_its_rows_are_told(office: Office, services: Services) -> None:
    """Created, updated, unchanged, and each rejected row with its field and a sentence."""
    assert put(office, "reps", REPS).json()["created"] == 2
    answer = put(office, "clients", CLIENTS + "C3,,,,,,,,,,,\n")
    assert answer.status_code == 200
    assert answer.json() == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": [
            {
                "row": 4,
                "field": "name",
                "error": "The field “name” is empty or missing. Fill it in and import the row again.",
            }
        ],
        "rejected_count": 1,
        "unknown_columns": [],
    }
    with services.database.reading() as session:
        act = audit.latest(session, before=None, limit=1)[0]
    assert (act.who, act.action, act.object, act.detail["created"]) == ("erp", "import", "clients", 2)


def test_each_form_is_known_by_its_content_type(office: Office) -> None:
    """JSON, NDJSON, XLSX, and CSV in a character set that is said."""
    assert put(office, "reps", '[{"email": "a@x.example", "name": "A"}]', "application/json").json()["created"] == 1
    assert put(office, "reps", '{"email": "b@x.example", "name": "B"}\n', "application/x-ndjson").json()["created"] == 1
    assert put(office, "reps", workbook(REPS), XLSX).json()["created"] == 2
    latin = "email;name\nc@x.example;Ã©\n".encode("cp1252")
    assert put(office, "reps", latin, "text/csv; charset=windows-1252").json()["created"] == 1


def test_a_dry_run_only_says_what_would_be(office: Office, services: Services) -> None:
    """Nothing is there afterwards, not even a line in the audit log."""
    assert put(office, "reps?dry_run=1", REPS).json()["created"] == 2
    with services.database.reading() as session:
        assert people.count(session) == 0
        assert [act.action for act in audit.latest(session, before=None, limit=10)] == ["key-create"]


def test_the_answer_is_in_the_senders_language(office: Office) -> None:
    """By Accept-Language."""
    answer = office.put("reps", "email,name\nx,X\n", "text/csv", **{"Accept-Language": "fr-CA"})
    assert answer.json()["rejected"][0]["error"].startswith("« x » n'est pas une adresse de courriel.")


def test_without_a_key_nothing_is_taken(office: Office, services: Services) -> None:
    """Whatever the content type."""
    answer = office.put("clients", CLIENTS, "x/y", Authorization="Bearer wrong")
    assert (answer.status_code, answer.json()["code"]) == (401, "key-not-known")
    with services.database.reading() as session:
        assert clients.count(session) == 0


def test_what_is_no_table_is_refused(office: Office) -> None:
    """With what would be taken."""
    answer = put(office, "clients", "<html>", "text/html")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-table")
    assert put(office, "clients", "x", "text/csv; charset=ebcdic").status_code == 415


def test_a_table_that_is_too_large_leaves_nothing(
    office: Office, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Announced or not, it is refused at the limit."""
    monkeypatch.setattr(imports, "LARGEST_TABLE", 1_000)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 400

    for content in (b"x" * 1_001, chunks()):
        answer = office.put("clients", content, "text/csv")
        assert (answer.status_code, answer.json()["code"]) == (413, "table-too-large")
    assert list((services.blobs.root / "incoming").iterdir()) == []
