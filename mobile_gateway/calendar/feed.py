"""A rep's agenda for calendar programs: as a feed to subscribe to, or as invitations to the rep alone.

Times are UTC, which every handheld understands; the description may hold the brief, so that events are private and
name no attendee but the rep.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Event

from mobile_gateway.calendar.events import Party, Status
from mobile_gateway.calendar.writing import address, lines, new_calendar, new_event, one_line, utc, written
from server.domain.activities import Kind, State
from server.domain.sentences import Language
from server.web.phrases import phrases

READ_AGAIN_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One planned activity. `uid` never changes, `sequence` grows with every change; times are aware."""

    uid: str
    kind: Kind
    client_name: str
    subject: str
    starts_at: datetime
    ends_at: datetime
    state: State
    sequence: int
    modified_at: datetime
    location: str = ""
    description: str = ""
    url: str = ""


def uid_of(activity_ref: str, domain: str) -> str:
    """The UID of an activity, the same for ever: `activity-REF@DOMAIN`."""
    return f"activity-{quote(activity_ref, safe='')}@{domain}"


def feed(activities: Sequence[FeedEntry], name: str, language: Language, zone: ZoneInfo) -> str:
    """The agenda as a calendar to subscribe to. The same activities give the same text, byte for byte."""
    calendar = new_calendar("PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("name", one_line(name))
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for entry in activities:
        calendar.add_component(_event(entry, language, zone, entry.modified_at))
    return written(calendar)


def request(entry: FeedEntry, rep: Party, organizer: Party, language: Language, zone: ZoneInfo, now: datetime) -> str:
    """An invitation (METHOD:REQUEST) of the rep alone, sent by the gateway: new, or a change where `sequence` grew."""
    calendar = new_calendar("REQUEST")
    event = _event(entry, language, zone, now)
    _add_parties(event, rep, organizer)
    calendar.add_component(event)
    return written(calendar)


def cancel(entry: FeedEntry, rep: Party, organizer: Party, language: Language, zone: ZoneInfo, now: datetime) -> str:
    """The same called off (METHOD:CANCEL); `sequence` must be above the one last requested."""
    calendar = new_calendar("CANCEL")
    event = _event(entry, language, zone, now)
    event["status"] = Status.CANCELLED.value
    event["transp"] = "TRANSPARENT"
    event.pop("description", None)
    _add_parties(event, rep, organizer)
    calendar.add_component(event)
    return written(calendar)


def _add_parties(event: Event, rep: Party, organizer: Party) -> None:
    event.add("organizer", address(organizer))
    # Nobody waits for an answer: the rep knows of their own agenda.
    event.add("attendee", address(rep, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE"))


def _event(entry: FeedEntry, language: Language, zone: ZoneInfo, stamp: datetime) -> Event:
    off = entry.state is State.CANCELLED
    event = new_event(entry.uid, entry.sequence, stamp)
    event.add("last-modified", utc(entry.modified_at))
    event.add("dtstart", utc(entry.starts_at))
    event.add("dtend", utc(max(entry.ends_at, entry.starts_at)))
    event.add("summary", _summary(entry, language, zone))
    event.add("status", (Status.CANCELLED if off else Status.CONFIRMED).value)
    event.add("transp", "TRANSPARENT" if off else "OPAQUE")
    event.add("class", "PRIVATE")
    for key, text in (("location", one_line(entry.location)), ("description", lines(entry.description))):
        if text:
            event.add(key, text)
    if entry.url:
        event.add("url", one_line(entry.url))
    return event


def _summary(entry: FeedEntry, language: Language, zone: ZoneInfo) -> str:
    """“Annual review (Boulangerie Tremblay)”; without a subject “Visit: Boulangerie Tremblay”."""
    subject, client = one_line(entry.subject), one_line(entry.client_name)
    if not subject:
        kind = phrases(language, zone.key).word(entry.kind.value).capitalize()
        separator = " : " if language == "fr" else ": "
        return f"{kind}{separator}{client}" if client else kind
    named = not client or client.casefold() in subject.casefold()
    return subject if named else f"{subject} ({client})"
