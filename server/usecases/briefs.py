"""Briefs: the page before a meeting, put together from one client's rows and remembered until one of them changes."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from server.domain.briefs import Brief
from server.domain.errors import NotFound
from server.domain.people import Person
from server.domain.policy import Policy
from server.store import briefs, clients
from server.store.clients import Versioned

REMEMBERED: Final = 5_000
REMEMBERED_FOR: Final = timedelta(minutes=1)

Key = tuple[int, int, str]


class BriefMemory:
    """The last few thousand briefs of this process.

    A brief is found again only under the client's present `version`, which every change that a brief shows raises in
    the transaction of the change, in whatever process: a remembered brief is never older than the database. Since a
    brief also depends on the time of day, it is put together anew after a minute.
    """

    def __init__(self) -> None:
        self._briefs: OrderedDict[Key, Brief] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, now: datetime) -> Brief | None:
        """The brief under this key, unless it is older than a minute."""
        with self._lock:
            brief = self._briefs.get(key)
            if brief is None or not timedelta(0) <= now - brief.generated_at < REMEMBERED_FOR:
                return None
            self._briefs.move_to_end(key)
            return brief

    def put(self, key: Key, brief: Brief) -> None:
        """Remember a brief, forgetting the one that was not asked for the longest."""
        with self._lock:
            self._briefs[key] = brief
            if len(self._briefs) > REMEMBERED:
                self._briefs.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, under which policy, and when."""

    reader: Person
    policy: Policy
    now: datetime


def brief(session: Session, memory: BriefMemory, asked: Asked, ref: str) -> Brief:
    """The brief of the client with this reference, or NotFound when there is none or the reader may not see it.

    Figures are up to today in the reader's zone.
    """
    found = clients.versioned(session, asked.reader, asked.policy, ref)
    if found is None:
        raise NotFound("client-not-found")
    key = (found.client.id, found.version, asked.reader.timezone)
    known = memory.get(key, asked.now)
    if known is not None:
        return known
    fresh = _put_together(session, found, asked)
    memory.put(key, fresh)
    return fresh


def _put_together(session: Session, found: Versioned, asked: Asked) -> Brief:
    client_id = found.client.id
    last_activity, next_activity = briefs.activities_around(session, client_id, asked.now)
    return Brief(
        client=found.client,
        figures=briefs.figures(session, client_id, asked.now.astimezone(asked.reader.zone).date()),
        notes=briefs.last_notes(session, client_id),
        last_activity=last_activity,
        next_activity=next_activity,
        generated_at=asked.now,
    )
