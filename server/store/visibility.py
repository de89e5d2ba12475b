"""Who sees which clients, activities and notes: the one predicate behind every list, brief, search and recording."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from server.domain.people import Person, Role
from server.domain.policy import Policy
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import ClientShareRow


def visible_clients(reader: Person, policy: Policy) -> ColumnElement[bool]:
    """A condition on `clients`: those the reader may see.

    A rep sees their own portfolio and what is shared with them, a manager their territories, an administrator none;
    nobody sees a status that the policy hides.
    """
    grounds: list[ColumnElement[bool]] = []
    if reader.has(Role.REP) or reader.has(Role.MANAGER):
        shared = select(ClientShareRow.client_id).where(ClientShareRow.person_id == reader.id)
        grounds += [ClientRow.manager_id == reader.id, ClientRow.id.in_(shared)]
    if reader.has(Role.MANAGER):
        grounds.append(ClientRow.territory.in_(sorted(reader.territories)))
    if not grounds or not reader.active:
        return false()
    if not policy.hidden_statuses:
        return or_(*grounds)
    return and_(or_(*grounds), ClientRow.status.not_in(sorted(policy.hidden_statuses)))


def visible_activities(reader: Person, policy: Policy) -> ColumnElement[bool]:
    """A condition on `activities` joined to `clients`: one's own, and for a manager all those of visible clients."""
    clients = visible_clients(reader, policy)
    if reader.has(Role.MANAGER):
        return clients
    return and_(ActivityRow.rep_id == reader.id, clients)


def visible_notes(reader: Person, policy: Policy) -> ColumnElement[bool]:
    """A condition on `notes`: one's own, and those that are linked to a visible client."""
    clients = select(ClientRow.id).where(ClientRow.id == NoteRow.client_id, visible_clients(reader, policy))
    return or_(NoteRow.rep_id == reader.id, clients.correlate(NoteRow).exists())
