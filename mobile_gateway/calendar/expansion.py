"""A recurrence rule spelt out on the wall clock, in order, with a budget of steps.

The rule is walked period by period (a year, a month, …, a second), beginning near the time asked for instead of at the
start of the series. In each period the days, then the times, that the BY… parts allow are tried one by one; each try
costs a step, so that no rule, however absurd, costs more than its budget.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final, NamedTuple

from mobile_gateway.calendar.rules import Frequency, Rule

LAST_YEAR: Final = 2100
_SECONDS: Final = {
    Frequency.WEEKLY: 7 * 86_400,
    Frequency.DAILY: 86_400,
    Frequency.HOURLY: 3_600,
    Frequency.MINUTELY: 60,
    Frequency.SECONDLY: 1,
}


class Exhausted(Exception):
    """The budget is spent; what was spelt out until then is right, what would follow is not known."""


@dataclass(slots=True)
class Budget:
    """Steps that may still be made."""

    left: int

    def spend(self) -> None:
        """One step; raises Exhausted where none is left."""
        if self.left <= 0:
            raise Exhausted
        self.left -= 1


class _Period(NamedTuple):
    days: Iterable[date]
    hours: tuple[int, ...]
    minutes: tuple[int, ...]
    seconds: tuple[int, ...]


def walls(rule: Rule, start: datetime, since: datetime, budget: Budget) -> Iterator[datetime]:
    """The walls of the series, ascending, until 2100; some before `since` may come too, none after it is missing.

    `start` itself is the first of them (RFC 5545 §3.8.5.3) and counts for COUNT; UNTIL is the caller's to apply.
    Raises Exhausted.
    """
    left = rule.count
    skipped = _periods_before(rule, start, since)
    if left is not None:
        skipped = skipped if _one_in_each_period(rule, start) else 0
        left -= skipped
    if skipped == 0:
        yield start
        left = None if left is None else left - 1
    # Until the count is used up every wall matters, also those before the window.
    floor = since.date() if left is None else start.date()
    complete = _completed(rule, start)
    for number in count(skipped):
        if left is not None and left <= 0:
            return
        budget.spend()
        period = _period(complete, start, number)
        if period is None:
            return
        for wall in _within(complete, period, floor, budget):
            if wall <= start:
                continue
            yield wall
            left = None if left is None else left - 1
            if left == 0:
                return


def _periods_before(rule: Rule, start: datetime, since: datetime) -> int:
    if rule.frequency is Frequency.YEARLY:
        units = since.year - start.year
    elif rule.frequency is Frequency.MONTHLY:
        units = (since.year - start.year) * 12 + since.month - start.month
    else:
        units = (since - start) // timedelta(seconds=_SECONDS[rule.frequency])
    return max(0, units // rule.interval - 1)


def _one_in_each_period(rule: Rule, start: datetime) -> bool:
    always_there = start.day <= 28 or rule.frequency > Frequency.MONTHLY
    return rule.plain and always_there


def _completed(rule: Rule, start: datetime) -> Rule:
    """What the rule leaves out is as in its start (RFC 5545 §3.3.10)."""
    if rule.frequency >= Frequency.DAILY or rule.by_year_day or rule.by_month_day or rule.by_day:
        return rule
    if rule.frequency is Frequency.WEEKLY or rule.by_week:
        return replace(rule, by_day=((0, start.weekday()),))
    if rule.frequency is Frequency.YEARLY and not rule.by_month:
        rule = replace(rule, by_month=(start.month,))
    return replace(rule, by_month_day=(start.day,))


def _period(rule: Rule, start: datetime, number: int) -> _Period | None:
    units = number * rule.interval
    if rule.frequency is Frequency.YEARLY:
        year = start.year + units
        return _timed(rule, start, _year_days(year, rule.by_month)) if year < LAST_YEAR else None
    if rule.frequency is Frequency.MONTHLY:
        year, month = divmod(start.year * 12 + start.month - 1 + units, 12)
        return _timed(rule, start, _month_days(year, month + 1)) if year < LAST_YEAR else None
    elapsed = units * _SECONDS[rule.frequency]
    if elapsed > (datetime(LAST_YEAR, 1, 1) - start).total_seconds():  # noqa: DTZ001 - walls are naive
        return None
    moment = start + timedelta(seconds=elapsed)
    if rule.frequency is Frequency.WEEKLY:
        first = moment.date() - timedelta(days=(moment.weekday() - rule.week_start) % 7)
        return _timed(rule, start, [first + timedelta(days=day) for day in range(7)])
    return _timed(rule, moment, [moment.date()])


def _timed(rule: Rule, moment: datetime, days: Iterable[date]) -> _Period:
    finer = rule.frequency
    return _Period(
        days,
        _allowed(rule.by_hour, moment.hour, limits=finer >= Frequency.HOURLY),
        _allowed(rule.by_minute, moment.minute, limits=finer >= Frequency.MINUTELY),
        _allowed(rule.by_second, moment.second, limits=finer is Frequency.SECONDLY),
    )


def _allowed(by: tuple[int, ...], own: int, *, limits: bool) -> tuple[int, ...]:
    """A BY… part widens a coarser frequency and limits a finer one."""
    if not by:
        return (own,)
    if limits:
        return (own,) if own in by else ()
    return by


def _year_days(year: int, months: tuple[int, ...]) -> Iterator[date]:
    for month in months or range(1, 13):
        yield from _month_days(year, month)


def _month_days(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _within(rule: Rule, period: _Period, floor: date, budget: Budget) -> Iterator[datetime]:
    if not (period.hours and period.minutes and period.seconds):
        return
    if not rule.by_position:
        yield from _moments(rule, period, floor, budget)
        return
    everything = list(_moments(rule, period, date.min, budget))
    places = {place - 1 if place > 0 else len(everything) + place for place in rule.by_position}
    yield from (everything[place] for place in sorted(places) if 0 <= place < len(everything))


def _moments(rule: Rule, period: _Period, floor: date, budget: Budget) -> Iterator[datetime]:
    for day in period.days:
        budget.spend()
        if day < floor or not _day_fits(rule, day):
            continue
        for hour in period.hours:
            for minute in period.minutes:
                for second in period.seconds:
                    budget.spend()
                    yield datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - a wall


def _day_fits(rule: Rule, day: date) -> bool:
    month_days = calendar.monthrange(day.year, day.month)[1]
    year_days = 366 if calendar.isleap(day.year) else 365
    year_day = day.timetuple().tm_yday
    return (
        (not rule.by_month or day.month in rule.by_month)
        and _in(rule.by_month_day, day.day, month_days)
        and _in(rule.by_year_day, year_day, year_days)
        and (not rule.by_week or _week_fits(rule.by_week, day))
        and (not rule.by_day or _weekday_fits(rule, day, month_days, (year_day, year_days)))
    )


def _in(by: tuple[int, ...], number: int, last: int) -> bool:
    return not by or number in by or number - last - 1 in by


def _week_fits(weeks: tuple[int, ...], day: date) -> bool:
    year, week, _ = day.isocalendar()
    return _in(weeks, week, date(year, 12, 28).isocalendar().week)


def _weekday_fits(rule: Rule, day: date, month_days: int, in_year: tuple[int, int]) -> bool:
    yearly = rule.frequency is Frequency.YEARLY
    place, last = in_year if yearly and not rule.by_month else (day.day, month_days)
    forwards, backwards = (place - 1) // 7 + 1, -((last - place) // 7 + 1)
    counted = rule.frequency <= Frequency.MONTHLY and not rule.by_week
    return any(
        weekday == day.weekday() and (not ordinal or not counted or ordinal in (forwards, backwards))
        for ordinal, weekday in rule.by_day
    )
