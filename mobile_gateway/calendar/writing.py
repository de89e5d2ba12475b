"""What all our calendars have in common: the frame, addresses, and texts that cannot break out of their line."""

from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

from mobile_gateway.calendar.events import Party
from server.domain.brief_text import clean

PRODUCT: Final = "-//Calepin//Mail gateway//EN"
LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 10_000


def new_calendar(method: str) -> Calendar:
    """An empty VCALENDAR of that METHOD."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def new_event(uid: str, sequence: int, stamp: datetime) -> Event:
    """A VEVENT with what every one needs."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", utc(stamp))
    return event


def address(party: Party, **params: str) -> vCalAddress:
    """A calendar user address with its CN and other parameters."""
    written = vCalAddress(f"mailto:{clean(party.address)}")
    name = clean(party.name).replace('"', "'")[:LONGEST_LINE]
    if name:
        written.params["CN"] = vText(name)
    for key, value in params.items():
        written.params[key] = vText(value)
    return written


def utc(moment: datetime) -> datetime:
    """The instant as calendars write it: in UTC, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0)


def one_line(text: str) -> str:
    """At most 300 characters on one line."""
    return clean(text)[:LONGEST_LINE]


def lines(text: str) -> str:
    """At most 10,000 characters, every line cleaned of control characters."""
    return "\n".join(map(clean, text[:LONGEST_TEXT].splitlines()))


def written(calendar: Calendar) -> str:
    """The calendar as text/calendar: CR LF, folded at 75 octets (RFC 5545 §3.1)."""
    return str(calendar.to_ical(), "utf-8")
