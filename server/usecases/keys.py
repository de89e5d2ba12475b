"""Integration keys: made, recognised, revoked."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain import credentials
from server.domain.errors import NotSignedIn
from server.store import audit
from server.store.tables.keys import KeyRow


def create(session: Session, name: str, now: datetime, *, by: str) -> str:
    """A new key in clear: shown once, never kept. Two keys may bear one name while one replaces the other."""
    key = credentials.new_token("clk")
    session.add(KeyRow(name=name, digest=credentials.digest(key), created_at=now))
    audit.record(session, now, by, "key-create", about=name)
    return key


def recognise(session: Session, key: str) -> str:
    """The name of the system that holds this key, or NotSignedIn."""
    wanted = credentials.digest(key)
    row = session.scalar(select(KeyRow).where(KeyRow.digest == wanted, KeyRow.revoked_at.is_(None)))
    if row is None or not credentials.same(row.digest, wanted):
        raise NotSignedIn("key-not-known")
    return row.name


def revoke(session: Session, name: str, now: datetime, *, by: str) -> int:
    """End every key of that name from the next request on; how many there were."""
    rows = list(session.scalars(select(KeyRow).where(KeyRow.name == name, KeyRow.revoked_at.is_(None))))
    for row in rows:
        row.revoked_at = now
    audit.record(session, now, by, "key-revoke", about=name)
    return len(rows)
