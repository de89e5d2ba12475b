"""Reminders: whose brief and whose day's agenda is due by the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from server.domain.activities import Activity, State
from server.domain.people import Person
from server.domain.policy import Policy
from server.domain.times import day_bounds
from server.store import activities, mails, people, push

BRIEFS: Final = "brief-"
LATE: Final = timedelta(minutes=5)  # after a stop of the service a brief is still of use at the door
DIGEST_LATE: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An activity whose brief is due. `key` is the same while the activity begins at the same time."""

    key: str
    person: Person
    activity: Activity


@dataclass(frozen=True, slots=True)
class Day:
    """A person's local day, with at least one activity; `ends_at` is its midnight."""

    key: str
    person: Person
    date: date
    ends_at: datetime
    activities: tuple[Activity, ...]


def meetings(session: Session, now: datetime) -> list[Meeting]:
    """The planned activities that begin so soon that their brief is due, and was never written."""
    wanted = {person.id: (person, wishes.brief_minutes) for person, wishes in people.wishes(session)}
    longest = max((minutes for _, minutes in wanted.values()), default=0)
    if not longest:
        return []
    due = []
    for rep_id, activity in activities.starting_between(session, now - LATE, now + timedelta(minutes=longest)):
        person, minutes = wanted.get(rep_id, (None, 0))
        if person and minutes and activity.starts_at - timedelta(minutes=minutes) <= now:
            due.append(Meeting(_key(activity.ref, activity.starts_at), person, activity))
    keys = [meeting.key for meeting in due]
    known = mails.written(session, keys) | push.written(session, keys)
    return [meeting for meeting in due if meeting.key not in known]


def called_off(session: Session) -> list[str]:
    """The uids of briefs that still wait to be sent, though their activity is no longer planned for that time."""
    waiting = mails.waiting_under(session, BRIEFS)
    refs = {key.removeprefix(BRIEFS).rpartition("-")[0] for key in waiting}
    planned = activities.still_planned(session, refs)
    valid = {_key(ref, starts_at) for ref, starts_at in planned.items()}
    return [uid for key, uid in waiting.items() if key not in valid]


def withdraw(session: Session, uid: str) -> None:
    """Take a brief back that was not sent, as if it had never been written."""
    mails.withdraw(session, uid)


def days(session: Session, policy: Policy, now: datetime) -> list[Day]:
    """The days whose digest is due and was never written: from the person's hour on, for three hours."""
    due = []
    for person, wishes in people.wishes(session):
        local = now.astimezone(person.zone)
        if wishes.digest_hour is not None and _is_time(local, wishes.digest_hour):
            due.append((person, local.date(), f"digest-{person.id}-{local.date().isoformat()}"))
    known = mails.written(session, [key for _, _, key in due])
    fresh = [(person, day, key) for person, day, key in due if key not in known]
    return [found for found in (_day(session, policy, *one, now) for one in _busy(session, fresh)) if found]


def _is_time(local: datetime, hour: int) -> bool:
    # In UTC, where an hour that the clock skips or repeats is no matter.
    due_at = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)
    return due_at <= local.astimezone(UTC) < due_at + DIGEST_LATE


def _busy(session: Session, due: list[tuple[Person, date, str]]) -> list[tuple[Person, date, str]]:
    """Those who may have something planned on their day: one query for all, since most mornings many have nothing."""
    if not due:
        return []
    bounds = [day_bounds(day, person.zone) for person, day, _ in due]
    since, until = min(start for start, _ in bounds), max(end for _, end in bounds)
    ids = [person.id for person, _, _ in due]
    busy = {rep_id for rep_id, _ in activities.starting_between(session, since, until, ids)}
    return [one for one in due if one[0].id in busy]


def _day(session: Session, policy: Policy, person: Person, day: date, key: str, now: datetime) -> Day | None:
    start, end = day_bounds(day, person.zone)
    planned = activities.visible(session, person, policy, since=start, until=end, states=(State.PLANNED,))
    left = tuple(activity for activity in planned if activity.starts_at >= start and activity.ends_at > now)
    return Day(key, person, day, end, left) if left else None


def _key(ref: str, starts_at: datetime) -> str:
    return f"{BRIEFS}{ref}-{starts_at.astimezone(UTC):%Y%m%dT%H%M%S}"
