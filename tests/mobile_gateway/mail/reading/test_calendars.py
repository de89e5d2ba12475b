"""Invitations."""

from mobile_gateway.mail import reading
from tests.mobile_gateway.mail.reading.by_hand import HEADERS, attachment, multipart, text

EVENT = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nSUMMARY:Réunion\nEND:VCALENDAR\n"


def test_invitations_as_alternative_and_as_file() -> None:
    """A text/calendar part gives its method by parameter or by its own line; a file .ics counts as one."""
    part = b"Content-Type: text/calendar; charset=utf-8; method=cancel\r\n\r\n" + EVENT.encode()
    by_line = attachment(b"", b"text/calendar", EVENT.encode())
    by_name = attachment(b"invite.ics", b"application/octet-stream", EVENT.encode("latin-1"))
    read = reading.read(HEADERS + multipart(text("Venez"), part, by_line, by_name))
    assert [calendar.method for calendar in read.calendars] == ["CANCEL", "REQUEST", "REQUEST"]
    assert {EVENT.strip()} == {calendar.text.strip() for calendar in read.calendars}
    assert read.text == "Venez"


def test_forwarded_invitations_are_marked() -> None:
    """An invitation within a forwarded mail was not sent to us by its organiser."""
    inner = b"Content-Type: message/rfc822\r\n\r\nContent-Type: text/calendar\r\n\r\n" + EVENT.encode()
    (calendar,) = reading.read(HEADERS + multipart(inner)).calendars
    assert calendar.forwarded
