"""Instants: read, corrected, written."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import Invalid
from server.domain.times import corrected, day_bounds, read_instant, wire

MONTREAL = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-24T10:00:00-05:00",
        "2026-11-24T15:00:00Z",
        "2026-11-24T10:00:00",
        "2026-11-24 10:00",
        "1795532400",
        "2026-11-24T20:00:00 05:00",
    ],
)
def test_every_usual_writing_of_an_instant_is_read(written: str) -> None:
    """Offsets, Z, local times, seconds since 1970, and a plus sign that a query string ate."""
    assert read_instant(written, MONTREAL, "at") == NOW


@pytest.mark.parametrize("written", ["", "yesterday", "2026-13-01", "1850-01-01", "9999999999999999", "٣"])
def test_what_is_no_instant_is_refused_by_field(written: str) -> None:
    """What cannot be read, or lies far away, names its field."""
    with pytest.raises(Invalid) as refusal:
        read_instant(written, MONTREAL, "recorded_at")
    assert refusal.value.values["field"] == "recorded_at"


def test_a_wrong_device_clock_is_corrected() -> None:
    """A device that is three hours ahead when it uploads recorded three hours earlier than it says."""
    ahead = timedelta(hours=3)
    assert corrected(NOW + ahead - timedelta(minutes=5), NOW + ahead, NOW) == NOW - timedelta(minutes=5)


def test_the_way_through_the_network_is_no_clock_error() -> None:
    """Under a minute and a half of difference is left alone."""
    recorded = NOW - timedelta(minutes=5)
    assert corrected(recorded, NOW - timedelta(seconds=40), NOW) == recorded


def test_without_a_time_of_its_own_a_note_was_recorded_when_it_came() -> None:
    """No `recorded_at`: the time it was received."""
    assert corrected(None, NOW - timedelta(days=1), NOW) == NOW


@given(
    recorded=st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),
    device=st.none() | st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),
)
def test_nothing_is_recorded_after_it_came_in(recorded: datetime, device: datetime | None) -> None:
    """Whatever the device's clock says, the corrected time is between 1970 and now."""
    assert datetime(1970, 1, 1, tzinfo=UTC) <= corrected(recorded, device, NOW) <= NOW


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 7, 1), 24)])
def test_a_day_is_as_long_as_its_zone_makes_it(day: date, hours: int) -> None:
    """The days on which clocks change have 23 and 25 hours."""
    start, end = day_bounds(day, MONTREAL)
    assert (end - start) == timedelta(hours=hours)


def test_the_wire_shows_utc_to_the_second() -> None:
    """An instant in any zone is written in UTC with a Z; none is null."""
    assert wire(NOW.astimezone(MONTREAL)) == "2026-11-24T15:00:00Z"
    assert wire(None) is None
