"""People: queries."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from server.domain.letters import Receipt, Wishes
from server.domain.people import Person, Role
from server.domain.sentences import as_language
from server.store.tables.people import PersonRow

PERSON: Final = (
    PersonRow.id,
    PersonRow.email,
    PersonRow.name,
    PersonRow.language,
    PersonRow.timezone,
    PersonRow.roles,
    PersonRow.territories,
    PersonRow.active,
)
"""The columns that `to_person` needs."""


def to_person(row: PersonRow | Row[*tuple[Any, ...]]) -> Person:
    """The value behind a row of the table, or of a query that selects the columns PERSON."""
    return Person(
        id=row.id,
        email=row.email,
        name=row.name,
        language=as_language(row.language),
        timezone=row.timezone,
        roles=frozenset(Role(role) for role in row.roles.split("|") if role),
        territories=frozenset(filter(None, row.territories.split("|"))),
        active=row.active,
    )


def by_email(session: Session, email: str) -> Person | None:
    """The person with this address, in whatever case it is written."""
    row = session.scalar(select(PersonRow).where(PersonRow.email == email.strip().lower()))
    return to_person(row) if row else None


def ids_by_email(session: Session, emails: Sequence[str]) -> dict[str, int]:
    """The ids behind those addresses (lower case) that are known."""
    rows = session.execute(select(PersonRow.email, PersonRow.id).where(PersonRow.email.in_(emails)))
    return {row.email: row.id for row in rows}


def count(session: Session) -> int:
    """How many people there are."""
    return session.scalar(select(func.count()).select_from(PersonRow)) or 0


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """The active people with these ids."""
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids), PersonRow.active))
    return {row.id: to_person(row) for row in rows}


def by_feed(session: Session, digest: str) -> Person | None:
    """The active person whose calendar feed has the secret with this digest."""
    row = session.scalar(select(PersonRow).where(PersonRow.feed_digest == digest, PersonRow.active))
    return to_person(row) if row else None


def wishes(session: Session) -> list[tuple[Person, Wishes]]:
    """What each active person wants by mail."""
    rows = session.scalars(select(PersonRow).where(PersonRow.active))
    return [(to_person(row), to_wishes(row)) for row in rows]


def to_wishes(row: PersonRow) -> Wishes:
    """What a person wants by mail."""
    return Wishes(Receipt(row.receipt), row.brief_minutes, row.digest_hour)
