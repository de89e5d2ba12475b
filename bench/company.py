"""A company of any size, written into an SQLite file by the database itself: no road of ours is that fast."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bench.server import Base, Page
from deploy import schema
from server.domain import credentials
from server.store.database import Database
from server.store.tables.devices import DeviceRow

TOKEN: Final = "cld_bench"
HEADERS: Final = {"authorization": f"Bearer {TOKEN}", "accept": "application/json"}
PAGES: Final = 500
PAGE_BYTES: Final = 1_000
REP: Final = "rep1@example.com"


@dataclass(frozen=True, slots=True)
class Company:
    """How many clients and notes there are, and how many of the clients are each rep's."""

    clients: int
    notes: int
    portfolio: int

    @property
    def reps(self) -> int:
        """How many reps the clients are shared among."""
        return max(1, self.clients // self.portfolio)

    def brief_paths(self) -> list[str]:
        """The address of each brief that the rep of TOKEN may read."""
        return [f"/api/v1/clients/C{number}/brief" for number in range(1, self.clients + 1, self.reps)]


# The notes of one client lie far from each other, as they do when they come in over years: 7919 and 7907 are primes
# that divide no number of clients of ours, so that every client gets its share.
_ROWS: Final = {
    "people": """
        INSERT INTO people (id, email, name, language, timezone, roles, territories, active)
        SELECT n, 'rep' || n || '@example.com', 'Rep ' || n, 'fr', 'America/Toronto', 'rep', '', 1
        FROM numbers""",
    "clients": """
        INSERT INTO clients (id, ref, name, category, status, territory, manager_id, city, contact, phone, segment,
                             potential, version, updated_at)
        SELECT n, 'C' || n, 'Quincaillerie Tremblay ' || n, 'A', 'active', 'T' || (n % 40), (n - 1) % :reps + 1,
               'Trois-Rivières', 'Luc Gagnon', '+1 819 555 ' || (n % 10000), 'Détail', 'B', 0,
               '2026-01-01 00:00:00.000000'
        FROM numbers""",
    "notes": """
        INSERT INTO notes (id, uid, rep_id, kind, state, fingerprint, recorded_at, received_at, text, blob, bytes,
                           type, seconds, played_seconds, link_status, client_id, confidence, evidence, suggestions)
        SELECT n, printf('%024x', n), n * 7919 % :clients % :reps + 1, iif(n % 3, 'text', 'voice'), 'processed',
               printf('%064x', n), at, at,
               iif(n % 3, 'Veut une soumission pour trois palettes avant la fin du mois, rappeler jeudi.', ''),
               iif(n % 3, NULL, printf('%064x', n)), iif(n % 3, NULL, 96000), iif(n % 3, NULL, 'audio/amr'),
               iif(n % 3, NULL, 60.0), iif(n % 3, NULL, 58.5),
               'linked', n * 7919 % :clients + 1, 0.9, '[]', '[]'
        FROM (SELECT n, strftime('%Y-%m-%d %H:%M:%S.000000', 'now', ((n - :rows - 1) * 900.0 / :rows) || ' days') AS at
              FROM numbers)""",
    "disbursements": """
        INSERT INTO disbursements (id, ref, client_id, date, amount, currency, kind)
        SELECT n, 'D' || n, n * 7907 % :clients + 1, date('now', ((n - :rows) * 700.0 / :rows) || ' days'),
               10000 * (n % 5000), 'CAD', 'rabais'
        FROM numbers""",
    "activities": """
        INSERT INTO activities (id, ref, rep_id, client_id, kind, subject, starts_at, ends_at, state, result)
        SELECT n, 'A' || n, n * 7907 % :clients % :reps + 1, n * 7907 % :clients + 1, 'visit', 'Revue du trimestre',
               strftime('%Y-%m-%d %H:%M:%S.000000', 'now', day || ' days'),
               strftime('%Y-%m-%d %H:%M:%S.000000', 'now', day || ' days', '+45 minutes'),
               iif(day < 0, 'done', 'planned'), ''
        FROM (SELECT n, (n - 0.5 * :rows) * 60 / :rows AS day FROM numbers)""",
}
_NUMBERS: Final = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)"


def build(data: Path, company: Company, progress: Callable[[str], None]) -> None:
    """Make the installation in that folder, with a device of the first rep that holds TOKEN, and the bare pages."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "calepin.sqlite"
    database = Database(f"sqlite:///{file}")
    schema.bring_up_to_date(database)
    database.close()
    rows = {
        "people": company.reps,
        "clients": company.clients,
        "notes": company.notes,
        "disbursements": 2 * company.clients,
        "activities": 2 * company.clients,
    }
    _fill(file, company, rows, progress)
    _add_device(database)
    engine = create_engine(database.url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Page(id=number, body=b"x" * PAGE_BYTES) for number in range(1, PAGES + 1))
        session.commit()
    engine.dispose()


def _fill(file: Path, company: Company, rows: dict[str, int], progress: Callable[[str], None]) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("synchronous=OFF", "cache_size=-1000000", "temp_store=MEMORY", "journal_mode=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    for table, count in rows.items():
        progress(f"writing {count:,} {table}")
        # An index is made faster of what is there than row by row.
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", (table,)
        ).fetchall()
        for name, _sql in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        values = {"rows": count, "clients": company.clients, "reps": company.reps}
        connection.execute("BEGIN")
        connection.execute(_NUMBERS + _ROWS[table], values)
        connection.execute("COMMIT")
        for _name, sql in indexes:
            connection.execute(sql)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def add_devices(data: Path, count: int) -> None:
    """More devices of the first rep, which hold TOKEN-0, TOKEN-1 and so on."""
    now = datetime.now(UTC)
    database = Database(f"sqlite:///{data / 'calepin.sqlite'}")
    with database.transaction() as session:
        for number in range(count):
            digest = credentials.digest(f"{TOKEN}-{number}")
            row = {"uid": f"bench-{number}", "rep_id": 1, "name": "Bench", "token_digest": digest}
            session.add(DeviceRow(**row, created_at=now, last_seen_at=now))
    database.close()


def _add_device(database: Database) -> None:
    now = datetime.now(UTC)
    with database.transaction() as session:
        session.add(
            DeviceRow(
                uid="bench",
                rep_id=1,
                name="Bench",
                token_digest=credentials.digest(TOKEN),
                created_at=now,
                last_seen_at=now,
            )
        )
    database.close()
