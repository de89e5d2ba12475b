"""The occurrences of a series: on the organizer's clock, as changed since, and never at more than a bounded cost."""

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_gateway.calendar.events import Invitation
from mobile_gateway.calendar.expansion import Budget, walls
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.recurrence import MOST_STEPS, occurrences
from mobile_gateway.calendar.rules import read_rule
from tests.mobile_gateway.calendar import samples
from tests.mobile_gateway.calendar.samples import event

TORONTO = ZoneInfo("America/Toronto")
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def _read(text: str) -> Invitation:
    invitation = read_invitation(text, TORONTO)
    assert invitation is not None
    return invitation


def _starts(text: str, since: datetime = SINCE, until: datetime = UNTIL) -> list[str]:
    return [f"{each.starts_at:%m-%d %H:%M}" for each in occurrences(_read(text), since, until).occurrences]


def test_the_hour_on_the_clock_stays() -> None:
    """Nine o'clock in Toronto is 14:00 UTC in winter and 13:00 in summer; UNTIL includes its own instant."""
    assert _starts(samples.OUTLOOK_SERIES) == [
        "02-24 14:00", "03-03 14:00", "03-10 13:00", "03-17 13:00", "03-24 13:00", "03-31 13:00", "04-07 13:00",
    ]  # fmt: skip


def test_excluded_and_moved_occurrences() -> None:
    """The 17th is left out, the 24th happens on the 25th; five were counted all the same."""
    found = occurrences(_read(samples.GOOGLE_SERIES), SINCE, UNTIL).occurrences
    assert [f"{each.starts_at:%m-%d %H:%M}" for each in found] == [
        "03-03 14:00",
        "03-10 13:00",
        "03-25 18:00",
        "03-31 13:00",
    ]
    assert found[2].recurrence_id == datetime(2026, 3, 24, 13, 0, tzinfo=UTC)
    assert found[2].ends_at - found[2].starts_at == timedelta(hours=1)


@pytest.mark.parametrize(("day", "expected"), [(24, []), (25, ["03-25 18:00"])])
def test_a_moved_occurrence_is_found_where_it_is_now(day: int, expected: list[str]) -> None:
    """Not on the day it was moved away from."""
    since = datetime(2026, 3, day, tzinfo=TORONTO)
    assert _starts(samples.GOOGLE_SERIES, since, since + timedelta(days=1)) == expected


def test_a_meeting_going_on_is_in_the_window() -> None:
    """It counts until it ends, and not after."""
    single = _read(event("DTSTART:20260307T100000Z", "DTEND:20260307T110000Z"))
    ten = datetime(2026, 3, 7, 10, tzinfo=UTC)
    half, hour = timedelta(minutes=30), timedelta(hours=1)
    assert len(occurrences(single, ten + half, ten + 2 * hour).occurrences) == 1
    assert not occurrences(single, ten + hour, ten + 2 * hour).occurrences
    assert not occurrences(single, ten - hour, ten).occurrences
    assert occurrences(single, ten, ten + half).occurrences[0].recurrence_id is None


def test_days_stay_days_when_the_clocks_change() -> None:
    """A whole day ends at midnight, 23 hours later on the day the clocks go forward."""
    series = _read(event("DTSTART;VALUE=DATE:20260307", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260309"))
    lengths = [each.ends_at - each.starts_at for each in occurrences(series, SINCE, UNTIL).occurrences]
    assert lengths == [timedelta(hours=24), timedelta(hours=23)]


def test_dates_are_added_and_days_excluded() -> None:
    """RDATE adds, also by a period; an EXDATE of a day alone excludes what is on that day."""
    assert _starts(
        event(
            "DTSTART;TZID=America/Toronto:20260401T090000",
            "RDATE;TZID=America/Toronto:20260402T100000,20260403T110000",
            "RDATE;VALUE=PERIOD:20260404T120000Z/PT1H",
            "EXDATE;VALUE=DATE:20260401",
        )
    ) == ["04-02 14:00", "04-03 15:00", "04-04 12:00"]


def test_a_change_for_this_and_all_following() -> None:
    """RANGE=THISANDFUTURE moves the later ones alike, at the new length."""
    series = event("DTSTART:20260401T090000Z", "DTEND:20260401T100000Z", "RRULE:FREQ=DAILY;COUNT=4").replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:one@calepin.example\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260403T090000Z\r\n"
        "DTSTART:20260403T113000Z\r\nDTEND:20260403T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    assert _starts(series) == ["04-01 09:00", "04-02 09:00", "04-03 11:30", "04-04 11:30"]
    assert _starts(series, datetime(2026, 4, 4, 11, 45, tzinfo=UTC)) == ["04-04 11:30"]


def test_a_cancelled_series_shows_what_is_off() -> None:
    """Every occurrence is marked."""
    series = samples.OUTLOOK_SERIES.replace("METHOD:REQUEST", "METHOD:CANCEL")
    assert {each.cancelled for each in occurrences(_read(series), SINCE, UNTIL).occurrences} == {True}


def test_a_single_occurrence_called_off() -> None:
    """Mail about one occurrence gives that one."""
    (only,) = occurrences(_read(samples.OUTLOOK_OCCURRENCE_CANCELLED), SINCE, UNTIL).occurrences
    assert (only.recurrence_id, only.cancelled) == (datetime(2026, 3, 17, 13, tzinfo=UTC), True)
    assert only.ends_at - only.starts_at == timedelta(minutes=30)


def test_the_limit_says_that_it_cut() -> None:
    """As many as asked for, and whether there are more."""
    series = _read(event("DTSTART:20260401T090000Z", "RRULE:FREQ=DAILY;COUNT=10"))
    exact, short = occurrences(series, SINCE, UNTIL, limit=10), occurrences(series, SINCE, UNTIL, limit=9)
    assert (len(exact.occurrences), exact.cut) == (10, False)
    assert (len(short.occurrences), short.cut) == (9, True)


def test_a_recurrence_of_a_million_is_jumped_into() -> None:
    """The window is right although it lies far into the series."""
    series = _read(event("DTSTART:19800101T090000Z", "RRULE:FREQ=DAILY;COUNT=1000000"))
    expansion = occurrences(series, SINCE, SINCE + timedelta(days=2))
    assert [each.starts_at.day for each in expansion.occurrences] == [1, 2]
    assert not expansion.cut
    seconds = _read(event("DTSTART:19800101T090000Z", "RRULE:FREQ=SECONDLY;COUNT=2000000000"))
    assert [each.starts_at for each in occurrences(seconds, SINCE, UNTIL, limit=2).occurrences] == [
        SINCE,
        SINCE + timedelta(seconds=1),
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYDAY=MO;COUNT=1000000;BYHOUR=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=999999999",
        "FREQ=DAILY;INTERVAL=" + "9" * 500,
        "FREQ=WEEKLY;COUNT=" + "9" * 500 + ";BYDAY=MO,TU,WE,TH,FR",
        "FREQ=YEARLY;BYYEARDAY=-366;BYWEEKNO=53;BYDAY=MO;BYMONTH=1",
        "FREQ=YEARLY;BYSETPOS=-1;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU"
        + "".join(f";{name}={','.join(map(str, range(most)))}" for name, most in
                  (("BYHOUR", 24), ("BYMINUTE", 60), ("BYSECOND", 60))),
        "FREQ=DAILY;UNTIL=20991231T235959Z",
    ],
)  # fmt: skip
def test_no_rule_costs_more_than_its_budget(rule: str) -> None:
    """However absurd: at most the limit, within two seconds."""
    series = _read(event("DTSTART:19700102T000000Z", f"RRULE:{rule}"))
    began = perf_counter()
    expansion = occurrences(series, datetime(2090, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC), limit=50)
    assert perf_counter() - began < 2.0
    assert len(expansion.occurrences) <= 50


def test_a_zone_defined_absurdly_costs_little() -> None:
    """Many zones of many rules that change every day, and an event in each."""
    observance = (
        "BEGIN:STANDARD\nDTSTART:19700101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n"
        "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:STANDARD\n"
    )
    zones = "".join(f"BEGIN:VTIMEZONE\nTZID:Z{name}\n{observance * 60}END:VTIMEZONE\n" for name in range(10))
    moved = "".join(
        f"END:VEVENT\nBEGIN:VEVENT\nUID:one@calepin.example\nRECURRENCE-ID;TZID=Z{year % 10}:20{year}0307T090000\n"
        f"DTSTART;TZID=Z{year % 10}:20{year}0307T110000\n"
        for year in range(26, 66)
    )
    began = perf_counter()
    series = _read(event("DTSTART;TZID=Z0:19800101T090000", f"RRULE:FREQ=DAILY;COUNT=99999\n{moved}", head=zones))
    assert len(occurrences(series, SINCE, UNTIL).occurrences) == 365
    assert perf_counter() - began < 2.0


_FREQUENCIES = st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
_PARTS = st.fixed_dictionaries(
    {},
    optional={
        "INTERVAL": st.integers(1, 5).map(str),
        "BYMONTH": st.sampled_from(["1", "2,8", "12"]),
        "BYMONTHDAY": st.sampled_from(["1", "-1", "31", "13,14,15"]),
        "BYDAY": st.sampled_from(["MO", "TU,TH", "SA,SU", "MO,TU,WE,TH,FR"]),
        "BYHOUR": st.sampled_from(["9", "8,17"]),
        "BYSETPOS": st.sampled_from(["1", "-1"]),
        "WKST": st.sampled_from(["SU", "MO"]),
        "COUNT": st.sampled_from(["1", "7", "40"]),
    },
)
_ORDINALS = st.sampled_from(["2TU", "-1FR", "1MO,3MO"])


@settings(max_examples=50, deadline=None)
@given(_FREQUENCIES, _PARTS, _ORDINALS, st.booleans(), st.integers(0, 900))
def test_a_rule_means_what_it_means_elsewhere(
    frequency: str, parts: dict[str, str], ordinals: str, counted: bool, ahead: int
) -> None:
    """dateutil, which walks every rule from its start, finds the same walls."""
    if counted and frequency in ("YEARLY", "MONTHLY"):
        parts = {name: value for name, value in parts.items() if name != "BYMONTHDAY"} | {"BYDAY": ordinals}
    if frequency not in ("YEARLY", "MONTHLY"):
        # What hardly ever comes would have the other side walk to the year 9999.
        parts = {name: value for name, value in parts.items() if name != "BYSETPOS"}
    _compare(";".join([f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items())]), ahead)


@pytest.mark.parametrize(
    "written",
    [
        "FREQ=HOURLY;INTERVAL=5;BYDAY=MO,FR",
        "FREQ=HOURLY;BYHOUR=8,17;BYMINUTE=0,30",
        "FREQ=MINUTELY;INTERVAL=90;COUNT=500",
        "FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10",
        "FREQ=SECONDLY;INTERVAL=3601;BYMINUTE=0,1",
        "FREQ=YEARLY;BYYEARDAY=1,-1",
        "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO",
    ],
)
def test_rarer_rules_mean_what_they_mean_elsewhere(written: str) -> None:
    """Frequencies within a day, days of the year, weeks."""
    _compare(written, 100)


def _compare(written: str, ahead: int) -> None:
    anchor = datetime(2026, 1, 31, 9)
    start = next(iter(rrulestr(written, dtstart=anchor)), None)
    if start is None:
        return
    since = start + timedelta(days=ahead)
    horizon = since + timedelta(days=400)
    rule = read_rule(written, datetime.fromisoformat)
    ours = takewhile(lambda wall: wall < horizon, walls(rule, start, since, Budget(MOST_STEPS)))
    theirs = takewhile(lambda wall: wall < horizon, iter(rrulestr(written, dtstart=start)))
    assert [wall for wall in ours if wall >= since] == [wall for wall in theirs if wall >= since]
