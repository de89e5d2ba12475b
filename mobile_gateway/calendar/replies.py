"""Answers to invitations: METHOD:REPLY of iTIP (RFC 5546 §3.2.3), to be mailed as RFC 6047 says."""

from datetime import date, datetime

from icalendar import Event

from mobile_gateway.calendar.events import Answer, Invitation, Override, Party
from mobile_gateway.calendar.writing import address, new_calendar, new_event, one_line, utc, written
from server.domain.errors import Invalid


def reply(invitation: Invitation, attendee: Party, answer: Answer, now: datetime) -> str:
    """The answer of one attendee to the organizer, as text/calendar; method=REPLY belongs in the Content-Type too.

    It speaks of what the invitation speaks of: the event or series, or single occurrences. `attendee.address` is the
    one that was invited. Raises Invalid where there is no organizer to answer.
    """
    if not invitation.organizer.address:
        raise Invalid(field="ORGANIZER", reason="missing")
    calendar = new_calendar("REPLY")
    single: tuple[Override | None, ...] = (
        (None,) if invitation.recurrence_id is None else invitation.recurrence.overrides
    )
    for override in single:
        event = new_event(invitation.uid, override.sequence if override else invitation.sequence, now)
        event.add("organizer", address(invitation.organizer))
        event.add("attendee", address(attendee, PARTSTAT=answer.value))
        _add_times(event, invitation, override)
        if summary := one_line((override.summary if override else "") or invitation.summary):
            event.add("summary", summary)
        calendar.add_component(event)
    return written(calendar)


def _add_times(event: Event, invitation: Invitation, override: Override | None) -> None:
    if override is not None:
        event.add("recurrence-id", _time(invitation, override.recurrence_id))
    times = override or invitation
    if times.starts_at is not None and times.ends_at is not None:
        event.add("dtstart", _time(invitation, times.starts_at))
        event.add("dtend", _time(invitation, times.ends_at))


def _time(invitation: Invitation, moment: datetime) -> datetime | date:
    return moment.astimezone(invitation.zone).date() if invitation.all_day else utc(moment)
