"""Contacts: the people at clients."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.people import Person
from server.domain.policy import Policy
from server.store.tables.clients import ClientRow
from server.store.tables.contacts import ContactRow
from server.store.visibility import visible_clients


def addresses(session: Session, reader: Person, policy: Policy) -> dict[str, frozenset[str]]:
    """The mail addresses (lower case) of contacts, each with the references of those clients that the reader sees."""
    query = (
        select(ContactRow.email, ClientRow.ref)
        .join(ClientRow, ClientRow.id == ContactRow.client_id)
        .where(ContactRow.email != "", visible_clients(reader, policy))
    )
    found: dict[str, frozenset[str]] = {}
    for email, ref in session.execute(query):
        address = email.strip().lower()
        found[address] = found.get(address, frozenset()) | {ref}
    return found
