"""Cells to values: what people and Excel write is understood, and nothing else is."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import Invalid
from server.domain.sentences import ERRORS
from server.usecases.imports import values

DAYS = st.dates(date(1970, 1, 2), date(2099, 12, 31))


@given(DAYS)
def test_a_date_reads_the_same_in_every_spelling(day: date) -> None:
    """ISO, compact, day first with slashes, dashes or dots, Excel's number, and a time on that day are one date."""
    serial = (day - date(1899, 12, 30)).days
    spellings = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y/%m/%d}",
        str(serial),
        f"{serial}.75",
        f"{day.isoformat()}T23:59:59",
    ]
    assert {values.read_date(spelling) for spelling in spellings} == {day}


@pytest.mark.parametrize(
    "text", ["12/31/2026", "31/12/26", "2026-02-30", "soon", "1969-12-31", "2101-01-01", "2026", "-1"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A month of 31, a year of two digits, a day that does not exist and years beyond use are refused."""
    with pytest.raises(Invalid, match="not-a-date"):
        values.read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01T14:05:00-04:00",
        "2026-07-01T18:05:00Z",
        "2026-07-01T14:05",
        "2026-07-01 14:05:00",
        "2026/07/01 14:05",
        "01/07/2026 14:05",
        "1-7-2026 14 h 05",
        "01/07/2026 2:05 PM",
        "2026-07-01 2:05:00 p.m.",
        "46204.586805555555",
        "1782929100",
    ],
)
def test_a_time_without_offset_is_in_the_reps_zone(text: str) -> None:
    """With an offset it stands; without one it is local, in every spelling."""
    instant = values.in_zone(values.read_time(text), ZoneInfo("America/Toronto"))
    assert instant == datetime(2026, 7, 1, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["14:05", "2026-07-01 25:00", "2026-07-01 13:05 PM", "tomorrow", "1500-01-01 10:00", "12"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """Half a time, an hour that does not exist and a small number are refused."""
    with pytest.raises(Invalid):
        values.read_time(text)


@given(DAYS, st.times(), st.sampled_from(["America/Halifax", "Europe/Paris"]))
def test_a_local_time_survives_the_reading(day: date, clock: time, zone: str) -> None:
    """What was written in a zone reads as that clock in that zone, but for the hour that summer time skips."""
    written = datetime.combine(day, clock.replace(microsecond=0))
    instant = values.in_zone(values.read_time(written.isoformat(" ")), ZoneInfo(zone))
    shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown - written in (timedelta(0), timedelta(hours=1))


READERS = {
    "date": values.read_date,
    "time": values.read_time,
    "amount": values.read_amount,
    "currency": values.read_currency,
    "address": values.read_address,
    "language": values.read_language,
    "zone": values.read_zone,
    "choice": values.choice(["visit"]),
    "line": values.line(20),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(text=st.text(max_size=60))
def test_no_text_breaks_a_reader(reader: values.Reader, text: str) -> None:
    """Whatever is in a cell, a reader gives a value, or a refusal that has words in both languages."""
    try:
        value = reader(values.clean(text))
    except Invalid as error:
        value = ERRORS[error.code]
    assert value is not None


@given(st.text(st.characters(), max_size=60))
def test_a_line_of_text_holds_no_control_characters(text: str) -> None:
    """Names come out composed, on one line, without control characters or lone surrogates, and can be encoded."""
    cleaned = values.line(100)(values.clean(text))
    assert isinstance(cleaned, str)
    cleaned.encode()
    assert all(ord(mark) >= 32 and not 0x7F <= ord(mark) <= 0x9F for mark in cleaned)
    assert values.line(100)(values.clean(cleaned)) == cleaned


def test_what_looks_like_code_stays_text() -> None:
    """A formula and a tag are names like any other."""
    for text in ('=HYPERLINK("http://x")', "<script>alert(1)</script>"):
        assert values.line(100)(values.clean(text)) == text


@pytest.mark.parametrize("text", ["1 234,56", "1234.56", "1 234,56 $", "1,234.56"])
def test_amounts_as_quebec_writes_them(text: str) -> None:
    """A space, also an unbreakable one, groups; a comma is the decimal sign."""
    assert values.read_amount(values.clean(text)) == Decimal("1234.56")


def test_addresses_come_out_in_lower_case() -> None:
    """Case does not make another person."""
    assert values.read_address("Annie.Gagnon@Calepin.Example") == "annie.gagnon@calepin.example"


@pytest.mark.parametrize(("text", "language"), [("fr-CA", "fr"), ("EN", "en"), ("Français", "fr"), ("anglais", "en")])
def test_languages_by_tag_or_name(text: str, language: str) -> None:
    """A longer tag, and the language's own name, count."""
    assert values.read_language(text) == language


def test_a_zone_must_exist() -> None:
    """The names of the IANA database, not their folders, paths or inventions."""
    assert values.read_zone("America/Halifax") == "America/Halifax"
    for text in ("America", "../etc/passwd", "Quebec/Laval", "/etc/localtime"):
        with pytest.raises(Invalid, match="not-a-zone"):
            values.read_zone(text)
