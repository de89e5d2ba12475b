"""Which instant a time means: names of zones, their definitions, and the edges of daylight saving."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_gateway.calendar.components import read_calendar
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.vtimezone import DefinedZone, read_zone
from mobile_gateway.calendar.zone_names import zone_named
from tests.mobile_gateway.calendar.samples import OUTLOOK_ZONE, event


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("America/Toronto", "America/Toronto"),
        ("Eastern Standard Time", "America/New_York"),
        ("Eastern Daylight Time", "America/New_York"),
        ("romance standard time", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT-05.00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC-05:00) Est (É.-U. et Canada)", "America/New_York"),
        ("(UTC-03:30) Newfoundland", "America/St_Johns"),
        ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Brussels"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/citadel.org/20210210_1/Europe/Paris", "Europe/Paris"),
    ],
)
def test_a_name_tells_its_zone(name: str, expected: str) -> None:
    """IANA's, Windows', those that Outlook displays, and vendors' prefixes."""
    assert zone_named(name) == ZoneInfo(expected)


@pytest.mark.parametrize(
    "name", ["", "Customized Time Zone", "../../etc/passwd", "America", "localtime", "\0", "a/" * 99]
)
def test_a_name_that_tells_nothing_is_none(name: str) -> None:
    """No name opens a file that is no zone."""
    assert zone_named(name) is None


def _start(line: str, head: str = "") -> datetime | None:
    invitation = read_invitation(event(line, head=head), ZoneInfo("Europe/Paris"))
    assert invitation is not None
    return invitation.starts_at


CUSTOM = OUTLOOK_ZONE.replace("Eastern Standard Time", "Customized Time Zone").replace("T020000", "T030000")


@pytest.mark.parametrize(
    ("line", "head", "hour"),
    [
        ("DTSTART:20260701T120000Z", "", 12),
        ("DTSTART:20260701T120000", "", 10),
        ("DTSTART;TZID=Nowhere:20260701T120000", "", 10),
        ("DTSTART;TZID=Eastern Standard Time:20260701T120000", OUTLOOK_ZONE, 16),
        ("DTSTART;TZID=Eastern Standard Time:20260101T120000", OUTLOOK_ZONE, 17),
        ("DTSTART;TZID=Customized Time Zone:20260701T120000", CUSTOM, 16),
        ("DTSTART;TZID=Customized Time Zone:20260101T120000", CUSTOM, 17),
        ('DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260701T120000', "", 16),
        ("DTSTART;TZID=(UTC-05:00) Eastern Time (US & Canada):20260701T120000", "", 16),
        ("DTSTART;TZID=(UTC-05:00) Somewhere:20260701T120000", "", 17),
        ("DTSTART;TZID=GMT+0200:20260701T120000", "", 10),
        ("DTSTART;TZID=EST:20260701T120000", OUTLOOK_ZONE.replace("Eastern Standard Time", "EST"), 16),
        ("DTSTART;TZID=X:20260701T120000", OUTLOOK_ZONE.replace("Eastern Standard Time", "X"), 16),
        ("DTSTART;TZID=X:20260701T120000", "BEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE", 3),
    ],
)
def test_a_start_is_the_instant_meant(line: str, head: str, hour: int) -> None:
    """Known names first, then definitions, then offsets in the name, then the reader's zone."""
    start = _start(line, head)
    assert start is not None
    assert start.hour == hour


@pytest.mark.parametrize("zone", ["Eastern Standard Time", "Customized"])
@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("20260308T015959", "06:59"),
        ("20260308T023000", "07:30"),  # skipped: half an hour into the gap is 03:30 EDT
        ("20260308T030000", "07:00"),
        ("20261101T005959", "04:59"),
        ("20261101T013000", "05:30"),  # comes twice: the first time, still EDT
        ("20261101T020000", "07:00"),
    ],
)
def test_the_edges_of_daylight_saving(zone: str, wall: str, expected: str) -> None:
    """A skipped hour counts on from before, one that comes twice is the first, by name and by definition alike."""
    start = _start(f"DTSTART;TZID={zone}:{wall}", OUTLOOK_ZONE.replace("Eastern Standard Time", zone))
    assert start is not None
    assert f"{start:%H:%M}" == expected


def _defined(text: str) -> DefinedZone | None:
    calendar = read_calendar(f"BEGIN:VCALENDAR\n{text}\nEND:VCALENDAR")
    assert calendar is not None
    return read_zone(calendar.named("VTIMEZONE")[0])


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2008, 1, 1), datetime(2099, 1, 1)), st.sampled_from([0, 1]))
def test_a_definition_agrees_with_the_zone_it_defines(wall: datetime, fold: int) -> None:
    """Eastern time by its VTIMEZONE and by IANA: the same offset at every wall, and the same wall at every instant."""
    defined = _defined(OUTLOOK_ZONE)
    assert defined is not None
    known = ZoneInfo("America/New_York")
    folded = wall.replace(fold=fold)
    assert folded.replace(tzinfo=defined).utcoffset() == folded.replace(tzinfo=known).utcoffset()
    moment = wall.replace(tzinfo=UTC)
    assert moment.astimezone(defined).replace(tzinfo=None) == moment.astimezone(known).replace(tzinfo=None)


def test_a_zone_whose_daylight_saving_was_given_up() -> None:
    """Rules that have ended leave the last offset that they set; onsets by date count too."""
    zone = _defined(
        """BEGIN:VTIMEZONE
TZID:Given up
BEGIN:DAYLIGHT
DTSTART:20000402T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20100404T070000Z
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20001029T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20091025T060000Z
RDATE:20150101T020000
END:STANDARD
END:VTIMEZONE"""
    )
    assert zone is not None
    offsets = {year: datetime(year, 1, 15, tzinfo=zone).utcoffset() for year in (1999, 2005, 2012, 2016)}
    standard, daylight = timedelta(hours=-5), timedelta(hours=-4)
    assert offsets == {1999: standard, 2005: standard, 2012: daylight, 2016: standard}


def test_a_definition_that_defines_nothing_is_none() -> None:
    """Broken observances are passed over; a zone of none is no zone."""
    broken = OUTLOOK_ZONE.replace("FREQ=YEARLY", "FREQ=SECONDLY").replace("TZOFFSETTO:-0400", "TZOFFSETTO:soon")
    assert _defined(broken) is None
