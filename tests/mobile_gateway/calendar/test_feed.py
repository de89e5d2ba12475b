"""A rep's agenda as other calendar programs read it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_gateway.calendar.events import Method, Party, Status
from mobile_gateway.calendar.feed import FeedEntry, cancel, feed, request, uid_of
from mobile_gateway.calendar.invitations import read_invitation
from server.domain.activities import Kind, State
from server.domain.sentences import Language

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 3, 21, 8, 30, tzinfo=UTC)
ENTRY = FeedEntry(
    uid=uid_of("A 1/é", "calepin.example"),
    kind=Kind.VISIT,
    client_name="Boulangerie Tremblay inc.",
    subject="Revue; prix, \\ délais",
    starts_at=datetime(2026, 3, 31, 9, 0, tzinfo=timezone(timedelta(hours=-4))),
    ends_at=datetime(2026, 3, 31, 14, 0, tzinfo=UTC),
    state=State.PLANNED,
    sequence=2,
    modified_at=datetime(2026, 3, 20, 12, 0, tzinfo=UTC),
    location="12, rue Saint-Jean; bureau 4",
    description="Cat. A\nAvril: prix, délais; \\o/\nBEGIN:VEVENT",
    url="https://calepin.example/a/1?x=1&y=2",
)
MARIE, GATEWAY = Party("marie@here.example", 'Marie "M" Roy'), Party("notes@calepin.example", "Calepin")


def _events(text: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_feed_reads_back_as_it_was_given() -> None:
    """Every field, with its escapes, in UTC."""
    (event,) = _events(feed([ENTRY], "Agenda", "fr", TORONTO))
    assert event["UID"] == "activity-A%201%2F%C3%A9@calepin.example"
    assert event["SUMMARY"] == "Revue; prix, \\ délais (Boulangerie Tremblay inc.)"
    assert event["DESCRIPTION"] == ENTRY.description
    assert event["LOCATION"] == ENTRY.location
    assert event["URL"] == ENTRY.url
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 2
    assert event["DTSTART"].to_ical() == b"20260331T130000Z"
    assert event["DTEND"].to_ical() == b"20260331T140000Z"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == ENTRY.modified_at
    assert event["CLASS"] == "PRIVATE"
    assert "ATTENDEE" not in event


def test_a_feed_names_itself_and_is_the_same_each_time() -> None:
    """Its name and zone are where programs look; nothing in it depends on when it is made."""
    text = feed([ENTRY, replace(ENTRY, uid="other")], "Agenda de Marie", "fr", TORONTO)
    calendar = icalendar.Calendar.from_ical(text)
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Agenda de Marie")
    assert calendar["X-WR-TIMEZONE"] == "America/Toronto"
    assert text == feed([ENTRY, replace(ENTRY, uid="other")], "Agenda de Marie", "fr", TORONTO)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_an_empty_agenda_is_a_calendar_too() -> None:
    """Subscribers keep their subscription on days without activities."""
    assert _events(feed([], "Agenda", "en", TORONTO)) == []


@pytest.mark.parametrize(
    ("language", "subject", "expected"),
    [
        ("fr", "", "Visite : Boulangerie Tremblay inc."),
        ("en", "", "Visit: Boulangerie Tremblay inc."),
        ("en", "Boulangerie Tremblay inc.: prices", "Boulangerie Tremblay inc.: prices"),
        ("en", "Prices", "Prices (Boulangerie Tremblay inc.)"),
    ],
)
def test_the_title_says_with_whom(language: Language, subject: str, expected: str) -> None:
    """Without a subject, the kind in the rep's language."""
    (event,) = _events(feed([replace(ENTRY, subject=subject)], "Agenda", language, TORONTO))
    assert event["SUMMARY"] == expected


@pytest.mark.parametrize(
    ("state", "status", "transp"),
    [
        (State.PLANNED, "CONFIRMED", "OPAQUE"),
        (State.DONE, "CONFIRMED", "OPAQUE"),
        (State.CANCELLED, "CANCELLED", "TRANSPARENT"),
    ],
)
def test_what_is_off_takes_no_time(state: State, status: str, transp: str) -> None:
    """A cancelled activity stays visible as such."""
    (event,) = _events(feed([replace(ENTRY, state=state)], "Agenda", "en", TORONTO))
    assert (event["STATUS"], event["TRANSP"]) == (status, transp)


def test_an_invitation_is_for_the_rep_alone() -> None:
    """One attendee, who is not asked for an answer; the gateway is the organizer."""
    invitation = read_invitation(request(ENTRY, MARIE, GATEWAY, "fr", TORONTO, NOW))
    assert invitation is not None
    assert (invitation.method, invitation.uid, invitation.sequence) == (Method.REQUEST, ENTRY.uid, 2)
    assert [attendee.address for attendee in invitation.attendees] == [MARIE.address]
    assert invitation.organizer == GATEWAY
    assert invitation.description == ENTRY.description
    assert invitation.dtstamp == NOW
    assert "RSVP=FALSE" in request(ENTRY, MARIE, GATEWAY, "fr", TORONTO, NOW).replace("\r\n ", "")


def test_a_cancellation_calls_off_the_same_event_without_the_brief() -> None:
    """Same UID, CANCELLED, and nothing told about the client's figures."""
    invitation = read_invitation(cancel(replace(ENTRY, sequence=3), MARIE, GATEWAY, "fr", TORONTO, NOW))
    assert invitation is not None
    assert (invitation.method, invitation.status) == (Method.CANCEL, Status.CANCELLED)
    assert (invitation.uid, invitation.sequence, invitation.description) == (ENTRY.uid, 3, "")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_adds_a_line_of_its_own(subject: str, description: str) -> None:
    """Whatever a subject or brief holds, the calendar has one event and reads back."""
    text = feed([replace(ENTRY, subject=subject, description=description)], subject, "en", TORONTO)
    assert [line.split(":")[0] for line in text.split("\r\n") if line.startswith("BEGIN")] == ["BEGIN", "BEGIN"]
    (event,) = _events(text)
    assert event["URL"] == ENTRY.url
