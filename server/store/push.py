"""Notices to phones: queries."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.domain.devices import DeviceState
from server.domain.push import Subscription
from server.store.dialects import insert
from server.store.tables.devices import DeviceRow
from server.store.tables.people import PersonRow
from server.store.tables.push import PushRow, SubscriptionRow


def subscribe(session: Session, device_id: int, subscription: Subscription, now: datetime) -> None:
    """Remember where a device's browser is told things; the address before is forgotten."""
    values = {"endpoint": subscription.endpoint, "p256dh": subscription.p256dh, "auth": subscription.auth}
    statement = insert(session, SubscriptionRow).values(values | {"device_id": device_id, "created_at": now})
    session.execute(statement.on_conflict_do_update(index_elements=["device_id"], set_=values))


def unsubscribe(session: Session, device_id: int) -> None:
    """Forget it."""
    session.execute(delete(SubscriptionRow).where(SubscriptionRow.device_id == device_id))


def subscribed(session: Session, device_id: int) -> bool:
    """Whether a device is told things."""
    query = select(SubscriptionRow.id).where(SubscriptionRow.device_id == device_id)
    return session.scalar(query) is not None


def subscriptions(session: Session, rep_id: int) -> list[SubscriptionRow]:
    """Those of a rep's active devices; none for somebody who has left."""
    query = (
        select(SubscriptionRow)
        .join(DeviceRow, DeviceRow.id == SubscriptionRow.device_id)
        .join(PersonRow, PersonRow.id == DeviceRow.rep_id)
        .where(DeviceRow.rep_id == rep_id, DeviceRow.state == DeviceState.ACTIVE, PersonRow.active)
        .order_by(SubscriptionRow.id)
    )
    return list(session.scalars(query))


def forget(session: Session, subscription_id: int) -> None:
    """The push service knows this address no more."""
    session.execute(delete(SubscriptionRow).where(SubscriptionRow.id == subscription_id))


def put(session: Session, values: dict[str, Any]) -> bool:
    """Write a notice; False when one with its key is there already."""
    statement = insert(session, PushRow).values(values).on_conflict_do_nothing(index_elements=["key"])
    return session.execute(statement.returning(PushRow.uid)).scalar_one_or_none() is not None


def written(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys under which there is a notice already, whatever became of it."""
    return set(session.scalars(select(PushRow.key).where(PushRow.key.in_(keys))))


def by_uid(session: Session, uid: str) -> PushRow | None:
    """The notice with this id."""
    return session.scalar(select(PushRow).where(PushRow.uid == uid))


def waiting(session: Session, before: datetime, limit: int) -> Sequence[str]:
    """The notices of before an instant for which something is left to do."""
    query = select(PushRow.uid).where(PushRow.ended_at.is_(None), PushRow.created_at < before)
    return session.scalars(query.order_by(PushRow.created_at).limit(limit)).all()
