"""Recurrence rules (RFC 5545 §3.3.10) as values, read within the ranges that the RFC allows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final


class Frequency(IntEnum):
    """The unit of a rule, coarsest first."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4
    MINUTELY = 5
    SECONDLY = 6


WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)
_DAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """One RRULE. `by_day`: pairs of ordinal (0: every one) and weekday (0: Monday); `until` is UTC, inclusive."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by_month: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def plain(self) -> bool:
        """Whether frequency and interval say it all."""
        days = self.by_month or self.by_week or self.by_year_day or self.by_month_day or self.by_day
        return not (days or self.by_hour or self.by_minute or self.by_second or self.by_position)


def read_rule(text: str, until: Callable[[str], datetime]) -> Rule:
    """The rule that `text` says; `until` reads its UNTIL. Raises ValueError for what is none."""
    parts = dict(_part(part) for part in text.strip().upper().split(";") if part.strip())
    if parts.get("FREQ") not in Frequency.__members__:
        raise ValueError("FREQ")
    return Rule(
        frequency=Frequency[parts["FREQ"]],
        interval=_positive(parts.get("INTERVAL", "1")),
        count=_positive(parts["COUNT"]) if "COUNT" in parts else None,
        until=until(parts["UNTIL"]) if "UNTIL" in parts else None,
        by_month=_numbers(parts, "BYMONTH", range(1, 13)),
        by_week=_numbers(parts, "BYWEEKNO", range(-53, 54)),
        by_year_day=_numbers(parts, "BYYEARDAY", range(-366, 367)),
        by_month_day=_numbers(parts, "BYMONTHDAY", range(-31, 32)),
        by_day=_days(parts.get("BYDAY", "")),
        by_hour=_numbers(parts, "BYHOUR", range(24)),
        by_minute=_numbers(parts, "BYMINUTE", range(60)),
        by_second=_numbers(parts, "BYSECOND", range(60)),
        by_position=_numbers(parts, "BYSETPOS", range(-366, 367)),
        week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
    )


def _part(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip(), value.strip()


def _positive(text: str) -> int:
    # A count or interval of a hundred digits is as good as one of twelve.
    digits = text.lstrip("+")
    if not (digits.isascii() and digits.isdigit()) or not digits.strip("0"):
        raise ValueError(text)
    return int(digits) if len(digits) <= 12 else 10**12


def _numbers(parts: dict[str, str], name: str, allowed: range) -> tuple[int, ...]:
    found = set()
    for item in filter(None, parts.get(name, "").split(",")):
        if not _NUMBER.fullmatch(item.strip()):
            raise ValueError(name)
        found.add(int(item))
    zero_means_nothing = allowed.start < 0 and 0 in found
    if zero_means_nothing or any(number not in allowed for number in found):
        raise ValueError(name)
    return tuple(sorted(found))


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for item in filter(None, text.split(",")):
        match = _DAY.fullmatch(item.strip())
        if not match:
            raise ValueError("BYDAY")
        found.add((int(match[1] or 0), WEEKDAYS.index(match[2])))
    if any(abs(ordinal) > 53 for ordinal, _ in found):
        raise ValueError("BYDAY")
    return tuple(sorted(found))
