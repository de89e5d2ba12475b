"""How times, money and the words around them are written for a person: Babel, in their language and zone."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from server.domain.money import Money
from server.domain.sentences import Language

_LOCALES: Final[dict[Language, Locale]] = {"en": Locale("en", "CA"), "fr": Locale("fr", "CA")}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one reader."""

    language: Language
    zone: ZoneInfo

    def word(self, key: str) -> str:
        """The word for a key of WORDS; a key that is not there is its own word."""
        english, french = WORDS.get(key, (key, key))
        return french if self.language == "fr" else english

    def money(self, money: Money) -> str:
        """`$1,234.50` or `1 234,50 $`."""
        return format_currency(money.amount, money.currency, locale=_LOCALES[self.language])

    def number(self, number: Decimal) -> str:
        """`1,250.5` or `1 250,5`."""
        return format_decimal(number, locale=_LOCALES[self.language])

    def percent(self, fraction: Decimal) -> str:
        """A change with its sign: `+12%`, `-3 %`."""
        shown = format_percent(abs(fraction), locale=_LOCALES[self.language])
        return ("-" if fraction < 0 else "+") + shown

    def day(self, day: date | datetime, today: date | None = None) -> str:
        """`Nov 24` or `24 nov.`, with the year if it is another one than today's."""
        local = day.astimezone(self.zone).date() if isinstance(day, datetime) else day
        other_year = today is not None and local.year != today.year
        return format_date(local, self._day_pattern(other_year=other_year), locale=_LOCALES[self.language])

    def weekday(self, day: date) -> str:
        """`Tuesday, November 24` or `mardi 24 novembre`."""
        pattern = "EEEE d MMMM" if self.language == "fr" else "EEEE, MMMM d"
        return format_date(day, pattern, locale=_LOCALES[self.language])

    def time(self, moment: datetime) -> str:
        """`14:05`, on the reader's clock."""
        return format_time(moment, "HH:mm", tzinfo=self.zone, locale=_LOCALES[self.language])

    def length(self, seconds: float | None) -> str:
        """`0:42`."""
        whole = round(seconds or 0)
        return f"{whole // 60}:{whole % 60:02d}"

    def today(self, now: datetime) -> date:
        """The reader's day."""
        return now.astimezone(self.zone).date()

    def _day_pattern(self, *, other_year: bool) -> str:
        if self.language == "fr":
            return "d MMM y" if other_year else "d MMM"
        return "MMM d, y" if other_year else "MMM d"


@lru_cache(maxsize=256)
def phrases(language: Language, timezone: str) -> Phrases:
    """The words for a language and an IANA zone name."""
    return Phrases(language, ZoneInfo(timezone))


WORDS: Final[dict[str, tuple[str, str]]] = {
    "visit": ("visit", "visite"),
    "call": ("call", "appel"),
    "meeting": ("meeting", "réunion"),
    "planned": ("planned", "prévue"),
    "done": ("done", "terminée"),
    "cancelled": ("cancelled", "annulée"),
    "active": ("active", "actif"),
    "prospect": ("prospect", "prospect"),
    "dormant": ("dormant", "dormant"),
    "closed": ("closed", "fermé"),
    "category": ("Cat.", "Cat."),
    "this-year": ("{year} to date", "{year} à ce jour"),
    "last-year": ("{year} to {day}", "{year} au {day}"),
    "last-amount": ("Last", "Dernier"),
    "last": ("Last", "Dern."),
    "next": ("Next", "Proch."),
    "voice": ("voice", "voix"),
    "text": ("text", "texte"),
    "no-notes": ("No notes yet.", "Aucune note encore."),
}
