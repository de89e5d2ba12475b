"""Invitations: meetings that a calendar sends become activities, move with it, and are called off with it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.activities import Activity, Kind, State
from server.domain.clients import Client
from server.domain.errors import NotFound
from server.domain.names import words
from server.domain.people import Person
from server.domain.policy import Policy
from server.store import activities, clients
from server.store.tables.activities import ActivityRow
from server.store.tables.mails import MailRow

LONGEST_SUBJECT: Final = 300
LONGEST_UID: Final = 255
HIGHEST_SEQUENCE: Final = 2**31 - 1

_VISITS: Final = frozenset("visite visites visiter visit visits".split())
_CALLS: Final = frozenset("appel appels appeler telephone tel call calls phone".split())


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which a meeting takes place, or, `cancelled`, does not.

    `key` is its name within the meeting for as long as there is one: empty where the meeting does not repeat.
    """

    key: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a calendar says of a meeting.

    `whole`: the slots are all that there are from now on, and what is planned besides them is called off; else they are
    all that the calendar speaks of.
    """

    uid: str
    sequence: int
    subject: str
    kind: Kind
    slots: tuple[Slot, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Noted:
    """What came of it: the activities that are planned, in the order of their start; nothing new if `outdated`."""

    activities: tuple[Activity, ...] = ()
    outdated: bool = False


def kind_of(subject: str) -> Kind:
    """A visit or a call where the subject says so, else a meeting."""
    said = frozenset(words(subject))
    if said & _VISITS:
        return Kind.VISIT
    return Kind.CALL if said & _CALLS else Kind.MEETING


def portfolio(session: Session, rep: Person, policy: Policy) -> list[Client]:
    """The clients that a meeting of the rep's may be with, with their aliases."""
    return clients.visible(session, rep, policy)


def known_client(session: Session, rep: Person, policy: Policy, uid: str) -> Client | None:
    """The client of a meeting that is an activity of the rep's already, if the rep may still see it."""
    query = select(ActivityRow.ref).where(ActivityRow.rep_id == rep.id, ActivityRow.calendar_uid == _stored(uid))
    for ref in session.scalars(query.order_by(ActivityRow.id.desc()).limit(1)):
        found = activities.one_visible(session, rep, policy, ref)
        return clients.one_visible(session, rep, policy, found.client_ref) if found else None
    return None


def note(session: Session, rep: Person, policy: Policy, client: str, meeting: Meeting, now: datetime) -> Noted:
    """Plan, move and call off the rep's activities as the meeting says, new ones with the client of this reference.

    What is done stays as it is, and what is over is not called off by a change of the rest. An older sequence than the
    one that is known changes nothing. Raises NotFound for a client that the rep may not see.
    """
    found = clients.one_visible(session, rep, policy, client)
    if found is None:
        raise NotFound("client-not-found")
    known = _known(session, rep, meeting.uid)
    if meeting.whole and _sequence(known, now) > meeting.sequence:
        return Noted(outdated=True)
    refs = []
    for slot in meeting.slots:
        ref = _ref(rep, meeting.uid, slot.key)
        row = known.get(ref)
        if row is None and not slot.cancelled:
            row = ActivityRow(ref=ref, rep_id=rep.id, client_id=found.id, result="", state=State.PLANNED)
            row.calendar_uid = _stored(meeting.uid)
            session.add(row)
        if row is not None and _newer(row, meeting, slot):
            _write(row, meeting, slot)
        refs.append(ref)
    if meeting.whole:
        _call_off([row for ref, row in known.items() if ref not in refs], meeting.sequence, now)
    session.flush()
    clients.touch(session, [found.id, *(row.client_id for row in known.values())])
    planned = filter(None, (activities.one_visible(session, rep, policy, ref) for ref in refs))
    noted = [activity for activity in planned if activity.state is State.PLANNED]
    return Noted(tuple(sorted(noted, key=lambda activity: activity.starts_at)))


def call_off(session: Session, rep: Person, uid: str, sequence: int, now: datetime) -> None:
    """Call off what is planned of a meeting: all of a single one, of a series what is not over."""
    known = _known(session, rep, uid)
    single = len(known) == 1 and _ref(rep, uid, "") in known
    _call_off(known.values(), sequence, None if single else now)
    session.flush()
    clients.touch(session, [row.client_id for row in known.values()])


def call_off_slots(session: Session, rep: Person, meeting: Meeting) -> None:
    """Call off some times of a series, whatever client it is with; those that are not known are no matter."""
    known = _known(session, rep, meeting.uid)
    for slot in meeting.slots:
        row = known.get(_ref(rep, meeting.uid, slot.key))
        if row is not None and slot.cancelled and _newer(row, meeting, slot):
            _write(row, meeting, slot)
    session.flush()
    clients.touch(session, [row.client_id for row in known.values()])


def mail_of(session: Session, uid: str, rep: Person) -> str | None:
    """The SHA-256 of the rep's mail with this uid, which a question about an invitation refers to."""
    return session.scalar(select(MailRow.blob).where(MailRow.uid == uid, MailRow.rep_id == rep.id))


def _known(session: Session, rep: Person, uid: str) -> dict[str, ActivityRow]:
    query = select(ActivityRow).where(ActivityRow.rep_id == rep.id, ActivityRow.calendar_uid == _stored(uid))
    return {row.ref: row for row in session.scalars(query.order_by(ActivityRow.id).with_for_update())}


def _sequence(known: dict[str, ActivityRow], now: datetime) -> int:
    """Of the last change to the whole: single times may have been changed further since, and old ones not at all."""
    to_come = [row for row in known.values() if row.state == State.PLANNED and row.ends_at > now]
    if to_come:
        return min(row.calendar_sequence or 0 for row in to_come)
    return max((row.calendar_sequence or 0 for row in known.values()), default=0)


def _newer(row: ActivityRow, meeting: Meeting, slot: Slot) -> bool:
    if row.state == State.DONE:
        return False
    if row.calendar_sequence is None:
        return True
    sequence = max(meeting.sequence, slot.sequence)
    # What was called off comes back by a newer invitation only, not by a late copy of the old one.
    revived = row.state == State.CANCELLED and not slot.cancelled
    return sequence > row.calendar_sequence or (sequence == row.calendar_sequence and not revived)


def _write(row: ActivityRow, meeting: Meeting, slot: Slot) -> None:
    row.calendar_sequence = min(max(meeting.sequence, slot.sequence, 0), HIGHEST_SEQUENCE)
    if slot.cancelled:
        # A cancellation may leave the times out.
        row.state = State.CANCELLED
        return
    row.state = State.PLANNED
    row.kind = meeting.kind
    row.subject = meeting.subject[:LONGEST_SUBJECT]
    row.starts_at = slot.starts_at
    row.ends_at = max(slot.starts_at, slot.ends_at)


def _call_off(rows: Iterable[ActivityRow], sequence: int, now: datetime | None) -> None:
    """Those that are planned, not over at `now`, and were not changed by something newer."""
    for row in rows:
        over = now is not None and row.ends_at <= now
        if row.state == State.PLANNED and not over and (row.calendar_sequence or 0) <= sequence:
            row.state = State.CANCELLED
            row.calendar_sequence = min(max(sequence, 0), HIGHEST_SEQUENCE)


def _stored(uid: str) -> str:
    return uid if len(uid) <= LONGEST_UID else f"sha256-{_digest(uid)}"


def _ref(rep: Person, uid: str, key: str) -> str:
    name = f"cal-{_digest(f'{rep.id} {uid}')[:24]}"
    return f"{name}-{key}" if key else name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
