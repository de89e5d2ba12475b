"""What a note promises: days and amounts that were said, in French and in English, as they are meant.

“Avant vendredi”, said on a Wednesday, is the Friday of that week; “vingt mille” is 20,000. Only what is clear is found:
a number alone is no amount, and a day without a date no promise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from server.domain.names import folded
from server.domain.numbers import number_at

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Promise:
    """A stretch of the note and what it means: a `day`, or an `amount` of money whose currency was not said."""

    said: str
    day: date | None = None
    amount: Decimal | None = None


def promises(text: str, said_on: date) -> tuple[Promise, ...]:
    """The days and amounts in a text that was said on that day, in their order; ten at most."""
    if not text:
        return ()
    plain = folded(text)
    if len(plain) != len(text):
        text = plain  # ligatures have moved the places
    found = [*_days(plain, said_on), *_amounts(plain)]
    found.sort(key=lambda each: each[0])
    return tuple(Promise(text[start:end].strip(), day, amount) for start, end, day, amount in found[:MOST])


Found = tuple[int, int, date | None, Decimal | None]


def _days(plain: str, said_on: date) -> Iterator[Found]:
    for match in _WEEKDAY.finditer(plain):
        weekday = _WEEKDAYS[match["day"]]
        ahead = (weekday - said_on.weekday() - 1) % 7 + 1
        yield match.start(), match.end(), said_on + timedelta(days=ahead), None
    for match in _NEAR.finditer(plain):
        yield match.start(), match.end(), said_on + timedelta(days=_NEARS[match["near"]]), None
    for match in _MONTH_END.finditer(plain):
        yield match.start(), match.end(), _end_of_month(said_on), None
    for match in _IN_WEEKS.finditer(plain):
        count = number_at(match["count"])
        if count is not None and 0 < count[0] <= 60:
            length = 7 if match["unit"].startswith(("sem", "week")) else 1
            yield match.start(), match.end(), said_on + timedelta(days=int(count[0]) * length), None
    for match in _DATE.finditer(plain):
        if day := _date(match, said_on):
            yield match.start(), match.end(), day, None


def _date(match: re.Match[str], said_on: date) -> date | None:
    month = _MONTHS[match["month"] or match["month2"]]
    number = int(match["number"] or match["number2"])
    for year in (said_on.year, said_on.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            return None
        if day >= said_on:
            return day
    return None


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _amounts(plain: str) -> Iterator[Found]:
    at = 0
    while match := _WORD.search(plain, at):
        number = number_at(plain[match.start() :])
        if number is None:
            at = match.end()
            continue
        value, length = number
        end = match.start() + length
        money = _MONEY.match(plain, end)
        before = _MONEY_BEFORE.search(plain, max(0, match.start() - 2), match.start())
        a_year = plain[match.start() : end].isdigit() and length <= 4
        if money or before or (value >= 1000 and not a_year and not _UNIT.match(plain, end)):
            yield match.start() - (1 if before else 0), money.end() if money else end, None, value
        at = max(end, match.end())


_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday")
    )
    for name in names.split()
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier january",
            "fevrier february",
            "mars march",
            "avril april",
            "mai may",
            "juin june",
            "juillet july",
            "aout august",
            "septembre september",
            "octobre october",
            "novembre november",
            "decembre december",
        ),
        1,
    )
    for name in names.split()
}
_NEARS: Final = {"demain": 1, "tomorrow": 1, "apres-demain": 2, "day after tomorrow": 2}
_BEFORE: Final = r"(?:\b(?:avant|pour|d'ici|le|la|before|by|on|until|this|next|dans|in|within)\s+)?"
_WEEKDAY: Final = re.compile(rf"{_BEFORE}(?:the\s+)?\b(?P<day>{'|'.join(_WEEKDAYS)})\b(?:\s+(?:prochain|next))?")
_NEAR: Final = re.compile(rf"{_BEFORE}\b(?P<near>apres-demain|day after tomorrow|demain|tomorrow)\b")
_MONTH_END: Final = re.compile(
    rf"{_BEFORE}(?:(?:la|the)\s+)?\b(?:fin du mois|fin de mois|month end|end of (?:the )?month)\b"
)
_IN_WEEKS: Final = re.compile(
    r"\b(?:dans|d'ici|in|within)\s+(?P<count>[a-z0-9]+)\s+(?P<unit>semaines?|weeks?|jours?|days?)\b"
)
_NAMES: Final = "|".join(_MONTHS)
_DATE: Final = re.compile(
    rf"{_BEFORE}(?:\b(?P<number>\d{{1,2}})(?:er)?\s+(?P<month>{_NAMES})\b"
    rf"|\b(?P<month2>{_NAMES})\s+(?P<number2>\d{{1,2}})(?:st|nd|rd|th)?\b)"
)
_WORD: Final = re.compile(r"[a-z0-9]+")
_MONEY: Final = re.compile(r"\s*(?:\$|€|dollars?\b|euros?\b|piastres?\b|bucks\b)")
_MONEY_BEFORE: Final = re.compile(r"[$€]\s?$")
_UNIT: Final = re.compile(
    r"\s*(?:caisses?|boites?|palettes?|cases?|boxes|pallets?|unites?|units?|pieces?|fois|times|%|km|kg|h\b|heures?|hours?)"
)
