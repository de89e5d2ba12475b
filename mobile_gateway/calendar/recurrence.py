"""The occurrences of an invitation inside a window of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mobile_gateway.calendar.events import Invitation, Override
from mobile_gateway.calendar.expansion import Budget, Exhausted, walls
from mobile_gateway.calendar.moments import instant
from server.domain.times import NEWEST, OLDEST

MOST_STEPS: Final = 60_000
MOST_OCCURRENCES: Final = 1_000
# More than a clock is ever put forward or back: walls that near to the window may lie inside it.
SLACK: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting; `recurrence_id` is the instant at which the series has it, None for an event that does not recur."""

    recurrence_id: datetime | None
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """The occurrences by their start; `cut` where there may be more than are given."""

    occurrences: tuple[Occurrence, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Window:
    since: datetime
    until: datetime

    def shows(self, each: Occurrence) -> bool:
        return each.starts_at < self.until and (each.ends_at > self.since or each.starts_at >= self.since)


def occurrences(invitation: Invitation, since: datetime, until: datetime, limit: int = 500) -> Expansion:
    """What of an invitation happens between `since` and `until` (exclusive), going on at `since` included.

    The hour on the organizer's clock stays through changes of daylight saving. Costs at most 60,000 steps and gives at
    most `limit` occurrences (1,000 at most), whatever the rule says.
    """
    most = max(1, min(limit, MOST_OCCURRENCES))
    window = _Window(max(since, OLDEST), min(until, NEWEST))
    found, cut = _all(invitation, window, most)
    inside = [each for each in found if window.shows(each)]
    inside.sort(key=lambda each: (each.starts_at, each.recurrence_id or each.starts_at))
    return Expansion(tuple(inside[:most]), cut or len(inside) > most)


def _all(invitation: Invitation, window: _Window, most: int) -> tuple[list[Occurrence], bool]:
    series = invitation.recurrence
    single = {override.recurrence_id: override for override in series.overrides if not override.following}
    changes = sorted(
        (override for override in series.overrides if override.following), key=lambda each: each.recurrence_id
    )
    if invitation.starts_at is None or invitation.recurrence_id is not None:
        return [_overridden(override, invitation) for override in series.overrides], False
    if not series.repeats and not series.overrides:
        return [_plain(invitation, invitation.starts_at, None)], False
    moved = max((abs(change.starts_at - change.recurrence_id) for change in changes), default=timedelta(0))
    margin = moved + max(_length(invitation), *map(_length, changes), timedelta(0))
    found = [_overridden(override, invitation) for override in single.values()]
    seen = set(single) | series.excluded
    kept = 0
    try:
        for original in _originals(invitation, window.since - margin, window.until + moved):
            if original in seen:
                continue
            seen.add(original)
            found.append(_followed(invitation, original, changes))
            kept += window.shows(found[-1])
            if kept > most:
                return found, True
    except Exhausted:
        return found, True
    return found, False


def _originals(invitation: Invitation, since: datetime, until: datetime) -> Iterator[datetime]:
    """The instants that rule, start and extra dates give, ascending for the rule; raises Exhausted."""
    series = invitation.recurrence
    yield from (extra for extra in series.extra if since <= extra < until)
    if invitation.wall is None:
        return
    if series.rule is None:
        yield instant(invitation.wall, invitation.zone)
        return
    beginning = since.astimezone(invitation.zone).replace(tzinfo=None) - SLACK
    for wall in walls(series.rule, invitation.wall, beginning, Budget(MOST_STEPS)):
        if wall < beginning:
            continue
        original = instant(wall, invitation.zone)
        if original >= until or (series.rule.until is not None and original > series.rule.until):
            return
        if original >= since:
            yield original


def _followed(invitation: Invitation, original: datetime, changes: list[Override]) -> Occurrence:
    """The occurrence as the latest THISANDFUTURE change before it has it."""
    current = next((change for change in reversed(changes) if change.recurrence_id <= original), None)
    if current is None:
        return _plain(invitation, original, original)
    zone = invitation.zone
    here = original.astimezone(zone).replace(tzinfo=None)
    old = current.recurrence_id.astimezone(zone).replace(tzinfo=None)
    new = current.starts_at.astimezone(zone).replace(tzinfo=None)
    starts_at = instant(here + (new - old), zone)
    cancelled = current.cancelled or invitation.cancelled
    return Occurrence(original, starts_at, starts_at + _length(current), cancelled)


def _plain(invitation: Invitation, starts_at: datetime, recurrence_id: datetime | None) -> Occurrence:
    return Occurrence(recurrence_id, starts_at, _end(invitation, starts_at), invitation.cancelled)


def _overridden(override: Override, invitation: Invitation) -> Occurrence:
    ends_at = max(override.ends_at, override.starts_at)
    if override.cancelled and ends_at == override.starts_at:
        ends_at += _length(invitation)
    cancelled = override.cancelled or invitation.cancelled
    return Occurrence(override.recurrence_id, override.starts_at, ends_at, cancelled)


def _end(invitation: Invitation, starts_at: datetime) -> datetime:
    """Days end at midnight whatever their length; hours are exact (RFC 5545 §3.8.5.3)."""
    length = _length(invitation)
    if not invitation.all_day:
        return starts_at + length
    days = max(1, round(length / timedelta(days=1)))
    wall = starts_at.astimezone(invitation.zone).replace(tzinfo=None)
    return instant(wall + timedelta(days=days), invitation.zone)


def _length(event: Invitation | Override) -> timedelta:
    if event.starts_at is None or event.ends_at is None:
        return timedelta(0)
    return event.ends_at - event.starts_at
