"""The audit log: queries."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.store.tables.audit import AuditRow


def record(
    session: Session, now: datetime, who: str, action: str, *, place: str = "", about: str = "", **detail: Any
) -> None:
    """Add an act to the log, in the transaction of the act itself."""
    session.add(AuditRow(at=now, who=who, place=place, action=action, object=about, detail=detail))


def latest(session: Session, *, before: int | None, limit: int) -> list[AuditRow]:
    """The last acts first; `before` is the id at which the page before ended."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.id < before)
    return list(session.scalars(query))
