"""What an event looks like after another calendar mail about it (RFC 5546 §2.1.5 and §3.2)."""

from dataclasses import replace
from datetime import UTC, datetime

from mobile_gateway.calendar.events import Invitation, Method, Override, Status

_NEVER = datetime.min.replace(tzinfo=UTC)


def supersedes(arrived: Invitation, known: Invitation) -> bool:
    """Whether the arrived whole event is at least as new: by SEQUENCE, then by DTSTAMP."""
    return _age(arrived) >= _age(known)


def merged(known: Invitation, arrived: Invitation) -> Invitation:
    """The known event with what arrived about it (REQUEST, PUBLISH or CANCEL, same UID); what is stale changes nothing.

    A whole event replaces the known one, its overrides included. Mail about single occurrences changes those alone.
    A cancellation that leaves out the times keeps the known ones.
    """
    if arrived.uid != known.uid or arrived.method in (Method.REPLY, Method.COUNTER):
        return known
    if arrived.recurrence_id is None:
        return _replaced(known, arrived) if supersedes(arrived, known) else known
    overrides = {override.recurrence_id: override for override in known.recurrence.overrides}
    for override in arrived.recurrence.overrides:
        older = overrides.get(override.recurrence_id)
        stale = _age(override) < (_age(older) if older else (known.sequence, _NEVER))
        if not stale:
            overrides[override.recurrence_id] = _kept_times(override, older)
    ordered = tuple(overrides[original] for original in sorted(overrides))
    return replace(known, recurrence=replace(known.recurrence, overrides=ordered))


def _replaced(known: Invitation, arrived: Invitation) -> Invitation:
    if arrived.method is not Method.CANCEL or known.recurrence_id is not None:
        return arrived
    # What is called off is what was known: a cancellation often says no more than its UID.
    return replace(
        known,
        method=Method.CANCEL,
        status=Status.CANCELLED,
        sequence=arrived.sequence,
        dtstamp=arrived.dtstamp,
    )


def _kept_times(override: Override, older: Override | None) -> Override:
    if older is None or not override.cancelled or override.starts_at != override.recurrence_id:
        return override
    return replace(override, starts_at=older.starts_at, ends_at=older.ends_at)


def _age(event: Invitation | Override) -> tuple[int, datetime]:
    return event.sequence, event.dtstamp or _NEVER
