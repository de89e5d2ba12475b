"""A time zone as a VTIMEZONE defines it (RFC 5545 §3.6.5), for zones that have no name known elsewhere."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from mobile_gateway.calendar.components import Component
from mobile_gateway.calendar.expansion import Budget, Exhausted, walls
from mobile_gateway.calendar.moments import read_offset, read_wall
from mobile_gateway.calendar.rules import Frequency, Rule, read_rule

MOST_OBSERVANCES: Final = 30
MOST_DATES: Final = 50
MOST_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class _Observance:
    start: datetime
    before: timedelta
    after: timedelta
    rule: Rule | None
    dates: tuple[datetime, ...]


class DefinedZone(tzinfo):
    """A zone made of observances. Its onsets are worked out a year at a time and kept."""

    def __init__(self, name: str, observances: tuple[_Observance, ...]) -> None:
        self._name = name
        self._observances = sorted(observances, key=lambda observance: observance.start)
        self._onsets: dict[tuple[int, int], tuple[list[datetime], list[timedelta]]] = {}

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """The offset at a wall; one that is skipped or comes twice is read as PEP 495 says, by its fold."""
        before = self._observances[0].before
        if moment is None:
            return before
        since, offsets = self._until(moment.year, moment.fold)
        place = bisect_right(since, moment.replace(tzinfo=None, fold=0))
        return offsets[place - 1] if place else before

    def dst(self, moment: datetime | None) -> timedelta:
        """Nothing: which part of an offset is daylight saving does not matter to an instant."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """The name that the calendar gives it."""
        return self._name

    def fromutc(self, moment: datetime) -> datetime:
        """The wall of an instant."""
        offsets = {offset for each in self._observances for offset in (each.before, each.after)}
        for offset in sorted(offsets, reverse=True):
            for fold in (0, 1):
                wall = (moment + offset).replace(fold=fold)
                if self.utcoffset(wall) == offset:
                    return wall
        return moment + self._observances[0].after

    def _until(self, year: int, fold: int) -> tuple[list[datetime], list[timedelta]]:
        """The walls from which on an offset holds, ascending, as far as they matter in that year; and the offsets."""
        if (year, fold) not in self._onsets:
            pick = min if fold else max
            found = sorted(
                (onset + pick(each.after - each.before, timedelta(0)), each.after)
                for each in self._observances
                for onset in _onsets(each, year)
            )
            self._onsets[year, fold] = [wall for wall, _ in found], [offset for _, offset in found]
        return self._onsets[year, fold]


def read_zone(definition: Component) -> DefinedZone | None:
    """The zone that a VTIMEZONE defines, or None if it defines none that can be read."""
    observances = []
    for part in definition.children[:MOST_OBSERVANCES]:
        try:
            observances.append(_observance(part))
        except (ValueError, OverflowError):
            continue
    return DefinedZone(definition.value("TZID")[:100], tuple(observances)) if observances else None


def _observance(part: Component) -> _Observance:
    start, _, _ = read_wall(part.value("DTSTART"))
    rule = read_rule(part.value("RRULE"), _until) if part.first("RRULE") else None
    dates = [text for prop in part.every("RDATE") for text in prop.value.split(",")[:MOST_DATES]]
    return _Observance(
        start,
        read_offset(part.value("TZOFFSETFROM")),
        read_offset(part.value("TZOFFSETTO")),
        _yearly(rule, start) if rule else None,
        tuple(read_wall(text)[0] for text in dates[:MOST_DATES]),
    )


def _until(text: str) -> datetime:
    return read_wall(text)[0].replace(tzinfo=UTC)


def _yearly(rule: Rule, start: datetime) -> Rule:
    """The rule without what no zone needs, so that a year costs little."""
    if rule.frequency is not Frequency.YEARLY:
        raise ValueError("FREQ")
    return replace(
        Rule(Frequency.YEARLY, until=rule.until),
        by_month=rule.by_month[:1] or (start.month,),
        by_month_day=rule.by_month_day,
        by_day=rule.by_day,
    )


def _onsets(observance: _Observance, year: int) -> list[datetime]:
    """Its single onsets so far, and those by its rule, one a year, in that year and the one before.

    Of a rule that has ended, those of the last two years that it had.
    """
    found = [onset for onset in (observance.start, *observance.dates) if onset.year <= year]
    rule = observance.rule
    if rule is None or year < observance.start.year:
        return found
    last = year if rule.until is None else min(year, rule.until.year)
    since = max(observance.start, datetime(max(last - 1, 1), 1, 1))  # noqa: DTZ001 - a wall is naive
    by_year: dict[int, datetime] = {}
    try:
        for onset in walls(rule, observance.start, since, Budget(MOST_STEPS)):
            over = rule.until is not None and (onset - observance.before).replace(tzinfo=UTC) > rule.until
            if over or onset.year > last:
                break
            by_year.setdefault(onset.year, onset)
    except Exhausted:
        pass
    return [*found, *by_year.values()]
