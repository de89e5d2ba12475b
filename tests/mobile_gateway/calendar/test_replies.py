"""Answers to invitations, as the organizer's program reads them."""

from datetime import UTC, date, datetime

import icalendar
import pytest

from mobile_gateway.calendar.events import Answer, Attendee, Method, Party
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.replies import reply
from server.domain.errors import Invalid
from tests.mobile_gateway.calendar import samples
from tests.mobile_gateway.calendar.samples import event

NOW = datetime(2026, 3, 21, 8, 30, 15, 999, tzinfo=UTC)
NOTES = Party("notes@calepin.example", "Calepin; notes")


def _reply(text: str, answer: Answer = Answer.ACCEPTED) -> str:
    invitation = read_invitation(text)
    assert invitation is not None
    return reply(invitation, NOTES, answer, NOW)


@pytest.mark.parametrize("answer", list(Answer))
def test_an_answer_says_who_what_and_to_which_version(answer: Answer) -> None:
    """UID and SEQUENCE of the request, one attendee with the answer, the organizer, the time of the answer."""
    read = read_invitation(_reply(samples.OUTLOOK_UPDATE, answer))
    assert read is not None
    assert (read.method, read.uid, read.sequence) == (Method.REPLY, samples.OUTLOOK_UID, 1)
    assert read.attendees == (Attendee(NOTES.address, NOTES.name, answer.value),)
    assert read.organizer == Party("marie.roy@calepin.example", "Marie Roy")
    assert read.dtstamp == NOW.replace(microsecond=0)
    assert read.starts_at == datetime(2026, 3, 31, 18, 0, tzinfo=UTC)
    assert read.summary == "Revue annuelle, Boulangerie Tremblay"


def test_the_text_is_as_the_wire_wants_it() -> None:
    """CR LF everywhere, lines of at most 75 octets, commas and semicolons escaped."""
    text = _reply(samples.OUTLOOK_REQUEST.replace("Revue", "Ré\\;vue \\\\ " + "é" * 90))
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "SUMMARY:Ré\\;vue \\\\ é" in text
    assert icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["SUMMARY"].startswith("Ré;vue \\ é")


def test_an_answer_about_one_occurrence_names_it() -> None:
    """RECURRENCE-ID goes back as it came; a whole day as a day."""
    one = event("DTSTART:20260325T180000Z", "RECURRENCE-ID:20260324T130000Z", "SEQUENCE:4", "ORGANIZER:mailto:a@b.c")
    read = read_invitation(_reply(one))
    assert read is not None
    assert read.recurrence_id == datetime(2026, 3, 24, 13, tzinfo=UTC)
    assert read.recurrence.overrides[0].sequence == 4
    written = icalendar.Calendar.from_ical(_reply(samples.GOOGLE_ALL_DAY)).walk("VEVENT")[0]
    assert written["DTSTART"].dt == date(2026, 3, 7)


def test_without_an_organizer_there_is_nobody_to_answer() -> None:
    """It is refused, not addressed to nobody."""
    with pytest.raises(Invalid):
        _reply(event("DTSTART:20260325T180000Z"))


def test_nothing_given_breaks_out_of_its_line() -> None:
    """A UID or name with line ends stays one value."""
    text = _reply(event("UID:a\\nATTENDEE:mailto:x@y", "DTSTART:20260325T180000Z", "ORGANIZER;CN=a^nX:mailto:a@b.c"))
    lines = text.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        'ATTENDEE;CN="Calepin; notes";PARTSTAT=ACCEPTED:mailto:notes@calepin.example'
    ]
    assert "UID:a\\nATTENDEE:mailto:x@y" in lines
