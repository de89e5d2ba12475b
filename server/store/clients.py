"""Clients: queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from server.domain.clients import Client
from server.domain.people import Person
from server.domain.policy import Policy
from server.store.tables.clients import ClientAliasRow, ClientRow
from server.store.tables.contacts import ContactRow
from server.store.tables.people import PersonRow
from server.store.visibility import visible_clients


def visible(session: Session, reader: Person, policy: Policy, refs: Sequence[str] | None = None) -> list[Client]:
    """The clients that the reader may see (among `refs` if given), by name, with their aliases."""
    query = (
        select(ClientRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == ClientRow.manager_id, isouter=True)
        .where(visible_clients(reader, policy))
        .order_by(ClientRow.name, ClientRow.ref)
    )
    if refs is not None:
        query = query.where(ClientRow.ref.in_(refs))
    rows = session.execute(query).all()
    if refs is not None:
        return [_client(row, manager, (), ()) for row, manager in rows]
    aliases = _texts(session, ClientAliasRow.client_id, ClientAliasRow.alias, reader, policy)
    contacts = _texts(session, ContactRow.client_id, ContactRow.name, reader, policy)
    return [_client(row, manager, aliases.get(row.id, ()), contacts.get(row.id, ())) for row, manager in rows]


def one_visible(session: Session, reader: Person, policy: Policy, ref: str) -> Client | None:
    """The client with this reference, or None when there is none or the reader may not see it."""
    found = visible(session, reader, policy, [ref])
    return found[0] if found else None


def _texts(
    session: Session,
    client_id: InstrumentedAttribute[int],
    text: InstrumentedAttribute[str],
    reader: Person,
    policy: Policy,
) -> dict[int, tuple[str, ...]]:
    """What another table says of each client that the reader sees."""
    rows = session.execute(
        select(client_id, text).join(ClientRow, ClientRow.id == client_id).where(visible_clients(reader, policy))
    )
    found: dict[int, tuple[str, ...]] = {}
    for number, said in rows:
        found[number] = (*found.get(number, ()), said)
    return found


def _client(row: ClientRow, manager: str | None, aliases: tuple[str, ...], contacts: tuple[str, ...]) -> Client:
    return Client(
        id=row.id,
        ref=row.ref,
        name=row.name,
        category=row.category,
        status=row.status,
        manager=manager,
        city=row.city,
        phone=row.phone,
        aliases=aliases,
        contacts=tuple(dict.fromkeys(filter(None, (row.contact, *contacts)))),
    )


def ids_by_ref(session: Session, refs: Sequence[str]) -> dict[str, int]:
    """The ids behind those references that exist."""
    rows = session.execute(select(ClientRow.ref, ClientRow.id).where(ClientRow.ref.in_(refs)))
    return {row.ref: row.id for row in rows}


def touch(session: Session, client_ids: Iterable[int | None]) -> None:
    """Say that what the briefs of these clients show has changed."""
    ids = sorted({client_id for client_id in client_ids if client_id is not None})
    for start in range(0, len(ids), 500):
        session.execute(
            update(ClientRow).where(ClientRow.id.in_(ids[start : start + 500])).values(version=ClientRow.version + 1)
        )


def revisions(session: Session, ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """The versions of what the briefs of these clients show, and when the clients themselves last changed."""
    rows = session.execute(select(ClientRow.id, ClientRow.version, ClientRow.updated_at).where(ClientRow.id.in_(ids)))
    return {row.id: (row.version, row.updated_at) for row in rows}


def count(session: Session) -> int:
    """How many clients there are."""
    return session.scalar(select(func.count()).select_from(ClientRow)) or 0


@dataclass(frozen=True, slots=True)
class Versioned:
    """A client, and the version of what its brief shows."""

    client: Client
    version: int


def versioned(session: Session, reader: Person, policy: Policy, ref: str) -> Versioned | None:
    """The client with this reference and its version, or None when the reader may not see it."""
    row = session.connection().execute(_versioned(reader, policy), {"ref": ref}).one_or_none()
    if row is None:
        return None
    client = Client(row.id, row.ref, row.name, row.category, row.status, row.manager, row.city, row.phone)
    return Versioned(client, row.version)


@lru_cache(maxsize=1024)
def _versioned(reader: Person, policy: Policy) -> Select[*tuple[Any, ...]]:
    # Asked with every brief: a statement that is built anew costs more than the database takes to answer it.
    return (
        select(
            ClientRow.id,
            ClientRow.ref,
            ClientRow.name,
            ClientRow.category,
            ClientRow.status,
            PersonRow.name.label("manager"),
            ClientRow.city,
            ClientRow.phone,
            ClientRow.version,
        )
        .join(PersonRow, PersonRow.id == ClientRow.manager_id, isouter=True)
        .where(ClientRow.ref == bindparam("ref"), visible_clients(reader, policy))
    )
