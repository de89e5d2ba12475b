"""Instants: how they are read, corrected and written. All of them are aware, and UTC inside."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from server.domain.errors import Invalid

OLDEST = datetime(1970, 1, 1, tzinfo=UTC)
NEWEST = datetime(2100, 1, 1, tzinfo=UTC)
BELIEVABLE_DELAY = timedelta(seconds=90)


def read_instant(text: str, zone: tzinfo, field: str) -> datetime:
    """An ISO 8601 (RFC 3339) time, or seconds since 1970, as UTC; without an offset it is taken in `zone`.

    Raises Invalid naming `field` when it cannot be read, or lies outside 1970–2100.
    """
    cleaned = text.strip()
    try:
        if cleaned.isascii() and cleaned.isdigit():
            instant = datetime.fromtimestamp(int(cleaned), UTC)
        else:
            instant = datetime.fromisoformat(_repaired(cleaned))
        aware = instant if instant.tzinfo else instant.replace(tzinfo=zone)
        if not OLDEST <= aware <= NEWEST:
            raise Invalid(field=field, reason="outside 1970–2100")
        return aware.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Invalid(field=field, reason="not a time like 2026-03-31T14:05:00-04:00") from error


def _repaired(text: str) -> str:
    # A "+" that was not escaped in a query string arrives as a space.
    head, separator, tail = text.rpartition(" ")
    if separator and "T" in head and len(tail) in (4, 5) and tail.replace(":", "").isdigit():
        return f"{head}+{tail}"
    return text


def corrected(recorded_at: datetime | None, device_time: datetime | None, received_at: datetime) -> datetime:
    """When something was really recorded.

    A device that says what time it has while uploading shows how wrong its clock is; the same error is taken out of
    `recorded_at`. A small difference is the way through the network and no error. Nothing is recorded after it came in.
    """
    if recorded_at is None:
        return received_at
    if device_time is None:
        return min(recorded_at, received_at)
    error = device_time - received_at
    if abs(error) <= BELIEVABLE_DELAY:
        error = timedelta(0)
    return max(OLDEST, min(recorded_at - error, received_at))


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first instant of a local day and of the next one, in UTC (23 to 25 hours apart)."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def wire(instant: datetime | None) -> str | None:
    """RFC 3339 in UTC to the second, as the wire shows it."""
    if instant is None:
        return None
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
