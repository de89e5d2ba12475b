"""Calendar feeds: a rep's agenda behind an address that only they know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from server.domain import credentials
from server.domain.activities import Activity, State
from server.domain.errors import NotFound
from server.domain.people import Person
from server.domain.policy import Policy
from server.store import activities, audit, clients, people
from server.store.tables.people import PersonRow

BEFORE: Final = timedelta(days=30)
AFTER: Final = timedelta(days=90)
MOST: Final = 1_000
SHOWN: Final = (State.PLANNED, State.DONE)


@dataclass(frozen=True, slots=True)
class Dated:
    """An activity and how new it is: both rise with every change to it, or to what its client's brief shows."""

    activity: Activity
    revision: int
    modified_at: datetime


def start(session: Session, person: Person, now: datetime, place: str) -> str:
    """A new secret for the person's feed, shown this once; the one before is no good any more."""
    secret = credentials.new_token("cal")
    session.get_one(PersonRow, person.id).feed_digest = credentials.digest(secret)
    audit.record(session, now, person.email, "feed-start", place=place)
    return secret


def end(session: Session, person: Person, now: datetime, place: str) -> None:
    """No secret is good from the next request on."""
    row = session.get_one(PersonRow, person.id)
    if row.feed_digest is not None:
        row.feed_digest = None
        audit.record(session, now, person.email, "feed-end", place=place)


def is_on(session: Session, person_id: int) -> bool:
    """Whether there is a secret."""
    return session.get_one(PersonRow, person_id).feed_digest is not None


def reader(session: Session, secret: str) -> Person:
    """Whose feed has this secret; NotFound where it is nobody's."""
    person = people.by_feed(session, credentials.digest(secret))
    if person is None:
        raise NotFound
    return person


def agenda(session: Session, person: Person, policy: Policy, now: datetime) -> Sequence[Dated]:
    """What is planned or done from thirty days ago until ninety days ahead, as far as the person may see it."""
    shown = activities.visible(session, person, policy, since=now - BEFORE, until=now + AFTER, states=SHOWN, limit=MOST)
    revisions = clients.revisions(session, {activity.client_id for activity in shown})
    return [_dated(activity, *revisions[activity.client_id]) for activity in shown]


def _dated(activity: Activity, version: int, updated_at: datetime) -> Dated:
    # An activity has no time of change of its own, but every change to it raises its client's version.
    return Dated(activity, version, updated_at + timedelta(seconds=version))
