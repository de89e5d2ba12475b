"""An importer on each database, and how the tests here write tables down."""

import io
from collections.abc import Callable, Iterable

import pytest

from server.domain.policy import Policy
from server.store.database import Database
from server.usecases.imports import Importer, Outcome, import_rows
from server.usecases.imports.tables import Kind, Media, read
from tests.server.conftest import RememberingQueue

REPS = """email,name,language,territory,timezone,role
annie@calepin.example,Annie Gagnon,fr,T1,America/Toronto,rep
marc@calepin.example,Marc Roy,en,T2|T3,America/Halifax,rep|manager
"""
CLIENTS = """ref,name,alias,category,status,territory,manager,city,contact,phone,segment,potential
C1,Garage Roy,GR|Roy,A,active,T1,annie@calepin.example,Québec,Luc Roy,418-555-0101,PME,10
C2,Boulangerie Côté,,B,active,T2,marc@calepin.example,Laval,,450-555-0102,,
"""


Import = Callable[..., Outcome]

# For what is decided before a database is asked to do anything of its own.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def importer(database: Database, queue: RememberingQueue) -> Importer:
    """An importer on an empty database."""
    return Importer(database, queue, Policy())


@pytest.fixture
def bring_in(importer: Importer) -> Import:
    """Import a CSV text: `bring_in("clients", text, rehearsal=…)`."""

    def bring(noun: str, text: str, **options: object) -> Outcome:
        rows = read(io.BytesIO(text.encode()), Media(Kind.CSV))
        return import_rows(importer, noun, rows, **options)  # type: ignore[arg-type]

    return bring


@pytest.fixture
def known(bring_in: Import) -> Import:
    """The same with two reps and two clients there."""
    bring_in("reps", REPS)
    bring_in("clients", CLIENTS)
    return bring_in


def figures(outcome: Outcome) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    return outcome.created, outcome.updated, outcome.unchanged, outcome.rejected_count


def refusals(outcome: Outcome) -> list[tuple[int, str, str]]:
    """Row, field and code of each rejected row."""
    return [(rejected.row, rejected.field, rejected.error.code) for rejected in outcome.rejected]


def csv(*lines: str) -> str:
    """Lines as a file."""
    return "\n".join(lines) + "\n"


def values(rows: Iterable[object]) -> list[dict[str, str]]:
    """The cells of what was read."""
    return [row.values for row in rows]  # type: ignore[attr-defined]
