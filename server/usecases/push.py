"""Notices to phones: where to, what about, each sent once."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from server.domain.push import PushKind, Subscription, check_endpoint
from server.domain.sentences import Language
from server.store import jobs, people, push
from server.store.jobs import JobQueue


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that has to be sent; `subscriptions` by their row ids."""

    uid: str
    kind: PushKind
    about: str
    language: Language
    until: datetime
    subscriptions: dict[int, Subscription]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a rep is told about a client (`brief`, its reference) or a note (`question`, its id)."""

    key: str
    rep_id: int
    kind: PushKind
    about: str
    until: datetime


def subscribe(session: Session, device_id: int, subscription: Subscription, now: datetime) -> None:
    """Have a device told things from now on; raises Invalid for an address at no push service."""
    check_endpoint(subscription.endpoint)
    push.subscribe(session, device_id, subscription, now)


def unsubscribe(session: Session, device_id: int) -> None:
    """Leave a device in peace."""
    push.unsubscribe(session, device_id)


def subscribed(session: Session, device_id: int) -> bool:
    """Whether a device is told things."""
    return push.subscribed(session, device_id)


def notify(session: Session, queue: JobQueue, notice: Notice, now: datetime) -> str | None:
    """Tell a rep's phones something, once for its key, until it is too late.

    It exists, job and all, if and only if the session's transaction commits. None for a rep without such a phone, and
    for a notice that was written before.
    """
    if not push.subscriptions(session, notice.rep_id):
        return None
    uid = secrets.token_hex(12)
    if not push.put(session, asdict(notice) | {"uid": uid, "created_at": now}):
        return None
    queue.put(session, jobs.send_push(uid))
    return uid


def due(session: Session, uid: str, now: datetime) -> Due | None:
    """The notice, if it still has to be sent; one whose time is over has ended."""
    row = push.by_uid(session, uid)
    if row is None or row.ended_at is not None:
        return None
    found = push.subscriptions(session, row.rep_id)
    if row.until <= now or not found:
        row.ended_at = now
        return None
    told = {one.id: Subscription(one.endpoint, one.p256dh, one.auth) for one in found}
    reader = people.by_ids(session, [row.rep_id])[row.rep_id]
    return Due(uid, PushKind(row.kind), row.about, reader.language, row.until, told)


def ended(session: Session, uid: str, now: datetime) -> None:
    """Every phone's push service has it."""
    row = push.by_uid(session, uid)
    if row is not None:
        row.ended_at = now


def forget(session: Session, subscription_id: int) -> None:
    """The push service says that this phone is not there any more."""
    push.forget(session, subscription_id)
