"""The names of each reader's clients, indexed once and remembered until one of them changes."""

from collections import OrderedDict
from threading import Lock
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.domain.name_index import NameIndex, index
from server.domain.people import Person
from server.domain.policy import Policy
from server.store import clients
from server.store.tables.clients import ClientRow
from server.store.tables.contacts import ContactRow
from server.store.visibility import visible_clients

REMEMBERED: Final = 50


class Portfolios:
    """Remembers the index of each reader's portfolio; what may be seen is asked of the database every time."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[Any, NameIndex]] = OrderedDict()
        self._lock = Lock()

    def of(self, session: Session, reader: Person, policy: Policy) -> NameIndex:
        """The index of the clients that the reader may see at this moment."""
        mark = _mark(session, reader, policy)
        with self._lock:
            known = self._known.get(reader.id)
        if known is not None and known[0] == mark:
            return known[1]
        fresh = index(clients.visible(session, reader, policy))
        with self._lock:
            self._known[reader.id] = (mark, fresh)
            self._known.move_to_end(reader.id)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return fresh


def _mark(session: Session, reader: Person, policy: Policy) -> tuple[Any, ...]:
    """Another one as soon as a client or a contact comes, goes or is renamed; an import of aliases changes clients."""
    seen = select(func.count(), func.max(ClientRow.updated_at), func.sum(ClientRow.id)).select_from(ClientRow)
    marks = [
        session.execute(seen.where(visible_clients(reader, policy))).one(),
        session.execute(select(func.max(ContactRow.id))).one(),
    ]
    return tuple(value for row in marks for value in row)
