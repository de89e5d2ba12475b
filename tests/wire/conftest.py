"""Running services to speak to."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Playwright, sync_playwright

from server.store.database import Database
from tests.company import found
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


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives browsers. Its event loop runs in this thread until the module ends, so no other can meanwhile."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Service]:
    """A service on SQLite that the test may break; not started yet."""
    own = Service(tmp_path / "data")
    yield own
    own.end()


def found_company(service: Service) -> None:
    """Write the small company of `tests.company`, as of now."""
    database = Database(service.database_url or f"sqlite:///{service.data / 'calepin.sqlite'}")
    with database.transaction() as session:
        found(session, datetime.now(UTC))
    database.close()
