"""Calendar mail read in the dialects of those who send it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_gateway.calendar.events import Attendee, Method, Party, Status
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.recurrence import occurrences
from server.domain.errors import Invalid
from tests.mobile_gateway.calendar import samples
from tests.mobile_gateway.calendar.samples import event

TORONTO = ZoneInfo("America/Toronto")


def test_an_outlook_request_is_read_whole() -> None:
    """Windows zone, folded lines, quoted names, escapes, odd addresses: all as meant."""
    invitation = read_invitation(samples.OUTLOOK_REQUEST.encode())
    assert invitation is not None
    assert invitation.method is Method.REQUEST
    assert invitation.uid == samples.OUTLOOK_UID
    assert invitation.sequence == 0
    assert invitation.organizer == Party("marie.roy@calepin.example", "Marie Roy")
    assert invitation.attendees == (
        Attendee("jtremblay@boulangerie.example", "Tremblay, Josée"),
        Attendee("notes@calepin.example", "notes@calepin.example"),
        Attendee("", "Salle 4"),
    )
    assert invitation.summary == "Revue annuelle, Boulangerie Tremblay"
    assert invitation.location == "12, rue Saint-Jean; 2e étage"
    assert invitation.description == "Bonjour,\n\nvoici l'ordre du jour :\n1) prix; 2) livraisons"
    assert invitation.starts_at == datetime(2026, 3, 31, 13, 0, tzinfo=UTC)
    assert invitation.ends_at == datetime(2026, 3, 31, 14, 30, tzinfo=UTC)
    assert not invitation.all_day
    assert invitation.status is Status.CONFIRMED
    assert not invitation.cancelled
    assert invitation.dtstamp == datetime(2026, 3, 20, 14, 15, tzinfo=UTC)


def test_an_outlook_cancellation_is_one() -> None:
    """CANCEL keeps the UID, grows the sequence and says that it is off."""
    invitation = read_invitation(samples.OUTLOOK_CANCEL)
    assert invitation is not None
    assert (invitation.uid, invitation.sequence, invitation.cancelled) == (samples.OUTLOOK_UID, 2, True)


def test_a_single_occurrence_called_off_says_which() -> None:
    """Without the series itself, the recurrence id names the occurrence."""
    invitation = read_invitation(samples.OUTLOOK_OCCURRENCE_CANCELLED)
    assert invitation is not None
    assert invitation.recurrence_id == datetime(2026, 3, 17, 13, 0, tzinfo=UTC)
    assert [override.cancelled for override in invitation.recurrence.overrides] == [True]


def test_a_google_series_is_one_value() -> None:
    """Rule, excluded dates and moved occurrences belong to one invitation."""
    invitation = read_invitation(samples.GOOGLE_SERIES)
    assert invitation is not None
    assert invitation.summary == "Point hebdo Garage Roy"
    assert invitation.attendees[1] == Attendee("achats@garage-roy.example", "achats@garage-roy.example")
    assert invitation.attendees[0].partstat == "ACCEPTED"
    assert invitation.recurrence.rule is not None
    assert invitation.recurrence.rule.count == 5
    assert invitation.recurrence.excluded == {datetime(2026, 3, 17, 13, 0, tzinfo=UTC)}
    assert invitation.recurrence.overrides[0].starts_at == datetime(2026, 3, 25, 18, 0, tzinfo=UTC)


def test_whole_days_run_from_midnight_to_midnight() -> None:
    """In the zone of whoever reads: 47 hours over the weekend on which the clocks go forward."""
    invitation = read_invitation(samples.GOOGLE_ALL_DAY, TORONTO)
    assert invitation is not None
    assert invitation.all_day
    assert invitation.starts_at == datetime(2026, 3, 7, 5, 0, tzinfo=UTC)
    assert invitation.ends_at == datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


def test_an_outlook_whole_day_is_told_by_its_own_mark() -> None:
    """Outlook writes midnights and X-MICROSOFT-CDO-ALLDAYEVENT."""
    written = event("DTSTART:20260307T000000", "DTEND:20260308T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    invitation = read_invitation(written, TORONTO)
    assert invitation is not None
    assert invitation.all_day


def test_an_apple_request_is_read_whole() -> None:
    """Addresses beside the value, a duration in place of an end, a place of several lines."""
    invitation = read_invitation(samples.APPLE_REQUEST)
    assert invitation is not None
    assert invitation.organizer == Party("marie.roy@calepin.example", "Marie Roy")
    assert invitation.attendees == (Attendee("paul@atelier.example", "Paul"),)
    assert invitation.location == "Café Rue du Bac 75007 Paris"
    assert invitation.starts_at == datetime(2026, 6, 10, 13, 0, tzinfo=UTC)
    assert invitation.ends_at == datetime(2026, 6, 10, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (("DTSTART:20260307T100000Z",), 0),
        (("DTSTART;VALUE=DATE:20260307",), 24 * 60),
        (("DTSTART:20260307T100000Z", "DTEND:20260307T090000Z"), 0),
        (("DTSTART:20260307T100000Z", "DURATION:P1DT30M"), 24 * 60 + 30),
        (("DTSTART:20260307T100000Z", "DTEND:20990307T090000Z"), 366 * 24 * 60),
    ],
)
def test_an_end_that_is_missing_or_absurd_is_mended(lines: tuple[str, ...], minutes: int) -> None:
    """No end: at once, or that day; before the start: at once; never longer than a year."""
    invitation = read_invitation(event(*lines))
    assert invitation is not None
    assert invitation.starts_at is not None
    assert invitation.ends_at == invitation.starts_at + timedelta(minutes=minutes)


def test_a_cancellation_may_leave_out_its_times() -> None:
    """CANCEL and REPLY need no DTSTART; a REQUEST does."""
    invitation = read_invitation(event("SEQUENCE:3", method="CANCEL"))
    assert invitation is not None
    assert (invitation.starts_at, invitation.ends_at, invitation.cancelled) == (None, None, True)
    with pytest.raises(Invalid):
        read_invitation(event("SEQUENCE:3"))


def test_events_of_other_uids_are_counted() -> None:
    """A calendar of several events gives the first and says how many it left out."""
    two = event("DTSTART:20260307T100000Z").replace(
        "END:VCALENDAR", "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20260307T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    invitation = read_invitation(two)
    assert invitation is not None
    assert (invitation.uid, invitation.left_out) == ("one@calepin.example", 1)


@pytest.mark.parametrize(
    "text", ["", "hello", b"\xff\xfe\x00", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR"]
)
def test_what_holds_no_event_is_no_invitation(text: str | bytes) -> None:
    """Nothing is no error."""
    assert read_invitation(text) is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (" " * 300_000, "calendar"),
        (b"\xe9" * 300_000, "calendar"),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nUID:1\nEND:VEVENT\n" * 51 + "END:VCALENDAR", "calendar"),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VTIMEZONE\nEND:VTIMEZONE\n" * 21 + "END:VCALENDAR", "calendar"),
        (event("DTSTART:20260307T100000Z", method="EXPLODE"), "METHOD"),
        (event("UID:", "DTSTART:20260307T100000Z"), "UID"),
        (event("UID:" + "x" * 2000, "DTSTART:20260307T100000Z"), "UID"),
        (event("DTSTART:20261332T100000Z"), "DTSTART"),
        (event("DTSTART:19010101T100000Z"), "DTSTART"),
        (event("DTSTART:20260307T100000Z", "DTEND:99991231T235959Z"), "DTEND"),
        (event("DTSTART:20260307T100000Z", "DURATION:-PT5M"), "DURATION"),
        (event("DTSTART:20260307T100000Z", "RRULE:FREQ=HOURLYISH"), "RRULE"),
        (event("DTSTART:20260307T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"), "RRULE"),
        (event("DTSTART:20260307T100000Z", "RRULE:FREQ=DAILY;BYDAY=99MO"), "RRULE"),
        (event("DTSTART:20260307T100000Z", "EXDATE:yesterday"), "EXDATE"),
        (event("DTSTART:20260307T100000Z", "RECURRENCE-ID:soon"), "RECURRENCE-ID"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_culprit(text: str | bytes, field: str) -> None:
    """Invalid names the property."""
    with pytest.raises(Invalid) as refusal:
        read_invitation(text)
    assert refusal.value.values["field"] == field


def test_texts_are_bounded_and_cannot_break_out() -> None:
    """Line feeds and control characters in names, subjects and addresses go; long ones are cut; nesting is harmless."""
    invitation = read_invitation(
        event(
            "DTSTART:20260307T100000Z",
            "SUMMARY:a\\r\\nBcc: x@y" + "\x07" + "z" * 5_000,
            "DESCRIPTION:" + "word " * 10_000,
            "ORGANIZER;CN=A^nB:mailto:a@b.example%0d%0aBcc: c@d",
            *(f"ATTENDEE:mailto:a{number}@b.example" for number in range(300)),
            *("BEGIN:VALARM" for _ in range(1_000)),
        )
    )
    assert invitation is not None
    assert invitation.summary.isprintable()
    assert len(invitation.summary) <= 300
    assert len(invitation.description) <= 10_000
    assert invitation.organizer == Party("", "A B")
    assert len(invitation.attendees) == 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_charset_is_found(encoding: str) -> None:
    """UTF-8 with or without its mark, else the one of old Windows."""
    invitation = read_invitation(event("DTSTART:20260307T100000Z", "SUMMARY:Été").encode(encoding))
    assert invitation is not None
    assert invitation.summary == "Été"


_NAMES = st.sampled_from(
    "BEGIN END UID DTSTART DTEND DURATION RRULE EXDATE RDATE RECURRENCE-ID SUMMARY ATTENDEE SEQUENCE METHOD TZID "
    'TZOFFSETFROM TZOFFSETTO DTSTAMP DTSTART;TZID=X RECURRENCE-ID;RANGE=THISANDFUTURE ORGANIZER;CN="a'.split()
)
_VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        "VCALENDAR VEVENT VTIMEZONE STANDARD DAYLIGHT 1 20260307T100000Z 20260307 16010101T020000 00010101T000000 "
        "20991231T235959 -0500 +2359 PT1H P99999W FREQ=DAILY FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU REQUEST CANCEL X "
        "FREQ=SECONDLY;COUNT=1000000 FREQ=YEARLY;BYDAY=2SU;UNTIL=00010101T000000Z mailto:a@b.c".split()
    ),
)
_LINES = st.lists(st.builds("{}:{}".format, _NAMES, _VALUES), max_size=25).map("\n".join)
_TEXTS = st.one_of(
    st.text(),
    st.binary(),
    _LINES,
    _LINES.map(lambda body: event("DTSTART;TZID=X:20260307T100000", body)),
    _LINES.map(
        lambda zone: event("DTSTART;TZID=X:20260307T100000", "RRULE:FREQ=DAILY", head=f"BEGIN:VTIMEZONE\n{zone}")
    ),
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_no_text_raises_anything_but_invalid(text: str | bytes) -> None:
    """Whatever comes is an invitation that can be expanded, or none, or refused."""
    try:
        invitation = read_invitation(text, TORONTO)
    except Invalid:
        return
    if invitation is not None:
        expansion = occurrences(
            invitation, datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC), limit=20
        )
        assert len(expansion.occurrences) <= 20
