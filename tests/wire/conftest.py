"""Running services to speak to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from server.store.database import Database
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientAliasRow, ClientRow
from server.store.tables.disbursements import DisbursementRow
from server.store.tables.people import PersonRow
from tests.wire.service import Service

ANNIE = "annie@example.com"
BOB = "bob@example.com"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on SQLite with a small company in it, shared by the tests of a module."""
    running = Service(tmp_path_factory.mktemp("service") / "data").start()
    found_company(running)
    yield running
    running.end()


@pytest.fixture(scope="module")
def key(service: Service) -> str:
    """An integration key of the module's service."""
    return service.key()


@pytest.fixture(scope="module")
def annie(service: Service, key: str) -> Iterator[httpx.Client]:
    """A device of Annie's: French, with Boulangerie Tremblay (C1) and Garage Roy (C2) in her portfolio."""
    with service.device(ANNIE, key) as client:
        yield client


@pytest.fixture(scope="module")
def bob(service: Service, key: str) -> Iterator[httpx.Client]:
    """A device of Bob's: English, with Hardware Smith (C3) in his portfolio."""
    with service.device(BOB, key) as client:
        yield client


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    """A service on SQLite that the test may break; not started yet."""
    own = Service(tmp_path / "data")
    yield own
    own.end()


def found_company(service: Service) -> None:
    """Write two reps, three clients, Annie's visit that ended six minutes ago, and some disbursements."""
    now = datetime.now(UTC)
    database = Database(service.database_url or f"sqlite:///{service.data / 'calepin.sqlite'}")
    with database.transaction() as session:
        session.add_all(
            [
                PersonRow(id=1, email=ANNIE, name="Annie Gagnon", language="fr"),
                PersonRow(id=2, email=BOB, name="Bob Fraser", language="en"),
            ]
        )
        session.flush()
        session.add_all(
            [
                ClientRow(id=1, ref="C1", name="Boulangerie Tremblay inc.", manager_id=1, city="Laval", updated_at=now),
                ClientRow(id=2, ref="C2", name="Garage Roy & Fils ltée", manager_id=1, city="Granby", updated_at=now),
                ClientRow(id=3, ref="C3", name="Hardware Smith Ltd.", manager_id=2, city="Montréal", updated_at=now),
            ]
        )
        session.flush()
        session.add_all(
            [
                ClientAliasRow(client_id=1, alias="Chez Tremblay"),
                _activity("A1", 1, 1, now - timedelta(minutes=51), now - timedelta(minutes=6)),
                _activity("A2", 1, 2, now + timedelta(hours=1), now + timedelta(hours=2)),
                _activity("A3", 2, 3, now - timedelta(days=3), now - timedelta(days=3) + timedelta(hours=1)),
                _disbursement("D1", now, "1250.50"),
                _disbursement("D2", now - timedelta(days=370), "1000.00"),
            ]
        )
    database.close()


def _activity(ref: str, rep_id: int, client_id: int, starts_at: datetime, ends_at: datetime) -> ActivityRow:
    return ActivityRow(
        ref=ref, rep_id=rep_id, client_id=client_id, subject="Suivi", starts_at=starts_at, ends_at=ends_at
    )


def _disbursement(ref: str, at: datetime, amount: str) -> DisbursementRow:
    return DisbursementRow(ref=ref, client_id=1, date=at.date(), amount=Decimal(amount))
