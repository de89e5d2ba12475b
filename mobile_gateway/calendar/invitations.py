"""Calendar mail read (RFC 5545, iMIP of RFC 6047), in the dialects of Outlook, Google and Apple."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from mobile_gateway.calendar.components import Component, read_calendar
from mobile_gateway.calendar.events import Invitation, Method, Override, Recurrence, Status
from mobile_gateway.calendar.moments import Moment, instant, read_duration
from mobile_gateway.calendar.rules import Rule, read_rule
from mobile_gateway.calendar.words import attendees, line, party, text, uid
from mobile_gateway.calendar.zones import Zones
from server.domain.errors import Invalid

MOST_DATES: Final = 500
LONGEST_UID: Final = 1_000
LONGEST_EVENT: Final = timedelta(days=366)
MAY_LACK_A_START: Final = frozenset({Method.CANCEL, Method.REPLY})


def read_invitation(ics: str | bytes, default_zone: tzinfo = UTC) -> Invitation | None:
    """The event that a calendar speaks of; floating times and days are taken in `default_zone`.

    None where there is no VCALENDAR with a VEVENT. Raises Invalid, and nothing else, with the culprit in `field`: too
    large (256 KB, 50 events, 20 zones), another METHOD, no UID, a time or rule that cannot be read or lies outside
    1970–2100. What a sender got wrong elsewhere is passed over.
    """
    calendar = read_calendar(ics)
    events = calendar.named("VEVENT") if calendar else []
    if calendar is None or not events:
        return None
    name = uid(events[0])
    if not name or len(name) > LONGEST_UID:
        raise Invalid(field="UID", reason="missing" if not name else "too long")
    own = [event for event in events if uid(event) == name]
    reader = _Reader(_method(calendar), Zones(calendar, default_zone))
    invitation = reader.invitation(name, own)
    return replace(invitation, left_out=len(events) - len(own))


def _method(calendar: Component) -> Method:
    name = (calendar.value("METHOD") or "PUBLISH").upper()
    if name not in Method.__members__:
        raise Invalid(field="METHOD", reason=f"“{name[:40]}” is not known here")
    return Method[name]


class _Reader:
    def __init__(self, method: Method, zones: Zones) -> None:
        self._method = method
        self._zones = zones

    def invitation(self, name: str, events: list[Component]) -> Invitation:
        whole = [event for event in events if event.first("RECURRENCE-ID") is None]
        single = [event for event in events if event.first("RECURRENCE-ID") is not None]
        main = max(whole, key=_sequence) if whole else single[0]
        start, end = self._times(main)
        # Where a calendar has several versions, the latest is the one that counts.
        series = start if whole else None
        overrides = tuple(self._override(event, series) for event in sorted(single, key=_sequence))
        return Invitation(
            method=self._method,
            uid=name,
            sequence=_sequence(main),
            organizer=party(main.first("ORGANIZER")),
            attendees=attendees(main),
            summary=line(main, "SUMMARY"),
            location=line(main, "LOCATION"),
            description=text(main, "DESCRIPTION"),
            starts_at=start.instant if start else None,
            ends_at=end,
            all_day=start is not None and _all_day(main, start),
            zone=start.zone if start else self._zones.default,
            wall=start.wall if start else None,
            recurrence_id=None if whole else overrides[0].recurrence_id,
            recurrence=self._recurrence(main if whole else None, start, overrides),
            status=_status(main),
            dtstamp=self._stamp(main),
        )

    def _times(self, event: Component) -> tuple[Moment | None, datetime | None]:
        start = self._moment(event, "DTSTART")
        if start is None:
            if self._method in MAY_LACK_A_START:
                return None, None
            raise Invalid(field="DTSTART", reason="missing")
        return start, self._bounded_end(event, start)

    def _bounded_end(self, event: Component, start: Moment) -> datetime:
        return min(max(self._end(event, start), start.instant), start.instant + LONGEST_EVENT)

    def _end(self, event: Component, start: Moment) -> datetime:
        end = self._moment(event, "DTEND")
        if end is not None:
            return end.instant
        if event.first("DURATION") is None:
            return instant(start.wall + timedelta(days=1 if start.dated else 0), start.zone)
        try:
            duration = read_duration(event.value("DURATION"))
        except ValueError as error:
            raise Invalid(field="DURATION", reason="not a duration") from error
        # Days keep the hour of the clock, hours are exact (RFC 5545 §3.3.6).
        days = timedelta(days=min(duration.days, LONGEST_EVENT.days))
        return instant(start.wall + days, start.zone) + timedelta(seconds=duration.seconds)

    def _moment(self, event: Component, name: str) -> Moment | None:
        prop = event.first(name)
        if prop is None:
            return None
        try:
            return self._zones.moment(prop)
        except (ValueError, OverflowError) as error:
            raise Invalid(field=name, reason="not a time from 1970 to 2100") from error

    def _override(self, event: Component, series: Moment | None) -> Override:
        prop = event.first("RECURRENCE-ID")
        original = self._moment(event, "RECURRENCE-ID")
        if prop is None or original is None:
            raise Invalid(field="RECURRENCE-ID", reason="missing")
        start = self._moment(event, "DTSTART")
        recurrence_id = _as_in(series, original)
        return Override(
            recurrence_id=recurrence_id,
            starts_at=start.instant if start else recurrence_id,
            ends_at=self._bounded_end(event, start) if start else recurrence_id,
            cancelled=self._method is Method.CANCEL or _status(event) is Status.CANCELLED,
            following=prop.params.get("RANGE", "").upper() == "THISANDFUTURE",
            sequence=_sequence(event),
            dtstamp=self._stamp(event),
            summary=line(event, "SUMMARY"),
            location=line(event, "LOCATION"),
            description=text(event, "DESCRIPTION"),
        )

    def _stamp(self, event: Component) -> datetime | None:
        try:
            stamp = self._moment(event, "DTSTAMP")
        except Invalid:
            return None
        return stamp.instant if stamp else None

    def _recurrence(self, event: Component | None, start: Moment | None, overrides: tuple[Override, ...]) -> Recurrence:
        if event is None or start is None:
            return Recurrence(overrides=overrides)
        return Recurrence(
            rule=self._rule(event, start),
            extra=tuple(sorted(set(self._dates(event, "RDATE", start)))),
            excluded=frozenset(self._dates(event, "EXDATE", start)),
            overrides=overrides,
        )

    def _rule(self, event: Component, start: Moment) -> Rule | None:
        prop = event.first("RRULE")
        if prop is None:
            return None
        try:
            return read_rule(prop.value, lambda written: self._zones.until(written, start))
        except (ValueError, OverflowError) as error:
            raise Invalid(field="RRULE", reason="not a recurrence rule") from error

    def _dates(self, event: Component, name: str, start: Moment) -> Iterator[datetime]:
        written = ((prop, value) for prop in event.every(name) for value in prop.value.split(",")[:MOST_DATES])
        for _, (prop, value) in zip(range(MOST_DATES), written, strict=False):
            try:
                # Of a period (RDATE;VALUE=PERIOD) only the start matters here.
                yield _as_in(start, self._zones.moment(prop, value.partition("/")[0]))
            except (ValueError, OverflowError) as error:
                raise Invalid(field=name, reason="not a time from 1970 to 2100") from error


def _as_in(series: Moment | None, moment: Moment) -> datetime:
    """The instant of an occurrence; of one named by its day alone, that at the hour of the series."""
    if moment.dated and series is not None:
        return instant(datetime.combine(moment.wall, series.wall.time()), series.zone)
    return moment.instant


def _sequence(event: Component) -> int:
    digits = event.value("SEQUENCE")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else 0


def _status(event: Component) -> Status:
    name = event.value("STATUS").upper()
    return Status[name] if name in Status.__members__ else Status.CONFIRMED


def _all_day(event: Component, start: Moment) -> bool:
    return start.dated or event.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
