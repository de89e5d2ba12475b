"""Dates and times as iCalendar writes them (RFC 5545 §3.3.4–3.3.6)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from server.domain.times import NEWEST, OLDEST

_WRITTEN: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})?(Z)?)?", re.ASCII)
_DURATION: Final = re.compile(
    r"\+?P(?:([0-9]{1,5})W)?(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})S)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall (naive) on the clock of a zone; `dated` where only a day was written."""

    wall: datetime
    zone: tzinfo
    dated: bool = False

    @property
    def instant(self) -> datetime:
        """In UTC. An hour that is skipped counts on from before the gap, one that comes twice is the first (§3.3.5)."""
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The instant of a wall, as `Moment.instant` has it."""
    return Moment(wall, zone).instant


def read_wall(text: str) -> tuple[datetime, bool, bool]:
    """The wall, whether it is a date alone, whether it is UTC. Raises ValueError."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if not found:
        raise ValueError(text[:40])
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    # A leap second is none to a calendar.
    wall = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - a wall is naive
    return wall, found[4] is None, found[7] is not None


def believable(wall: datetime) -> datetime:
    """The wall itself; raises ValueError outside 1970–2100."""
    if not OLDEST <= wall.replace(tzinfo=UTC) < NEWEST:
        raise ValueError("outside 1970–2100")
    return wall


def read_duration(text: str) -> timedelta:
    """A positive duration; raises ValueError for any other."""
    found = _DURATION.fullmatch(text.strip().upper())
    if not found or not any(found.groups()):
        raise ValueError(text[:40])
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def read_offset(text: str) -> timedelta:
    """A UTC offset like -0500 or +023000; raises ValueError."""
    found = re.fullmatch(r"([+-])([0-9]{2}):?([0-9]{2})(?:[0-9]{2})?", text.strip(), re.ASCII)
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        raise ValueError(text[:40])
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -size if found[1] == "-" else size
