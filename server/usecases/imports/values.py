"""From a cell's text to a value: what the bulk files of DESIGN say, in the spellings that people and Excel use.

Every reader takes what `clean` left of a cell that is not empty, and raises Invalid for what it cannot be.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from server.domain import money, times
from server.domain.errors import Invalid
from server.domain.sentences import Language, as_language

Reader = Callable[[str], object]

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\]+@[^\s@<>\"(),;:\\]+")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})\b")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_EPOCH_SECONDS = re.compile(r"\d{9,10}")
_CLOCK = re.compile(r"[T\s]+(\d{1,2})\s*[:h]\s*(\d{2})(:\d{2})?(\s*[ap]\.?\s?m\.?)?(?!\d)", re.IGNORECASE)
EXCEL_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no zone


def clean(text: str) -> str:
    """The text in composed form (NFC), without control characters and lone surrogates; line ends are kept."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text).strip()
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", whole)).strip()


def line(limit: int) -> Reader:
    """A reader of one line of text with at most `limit` characters."""

    def read(text: str) -> str:
        value = text if text.isprintable() else text.replace("\n", " ").replace("\t", " ")
        if len(value) > limit:
            raise Invalid("cell-too-long", limit=limit)
        return value

    return read


def paragraphs(limit: int) -> Reader:
    """A reader of a longer text, whose lines are kept, with at most `limit` characters."""

    def read(text: str) -> str:
        if len(text) > limit:
            raise Invalid("cell-too-long", limit=limit)
        return text

    return read


def lines(limit: int) -> Reader:
    """A reader of several short texts, separated by `|`, as a set."""
    one = line(limit)

    def read(text: str) -> frozenset[object]:
        return frozenset(one(part) for part in _parts(text))

    return read


def _parts(text: str) -> list[str]:
    return [part for raw in text.split("|") if (part := raw.strip())]


def read_address(text: str) -> str:
    """An e-mail address in lower case, as far as one can tell without writing to it."""
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        raise Invalid("not-an-address")
    return text.lower()


def read_addresses(text: str) -> frozenset[str]:
    """Several addresses, separated by `|`."""
    return frozenset(read_address(part) for part in _parts(text))


def read_amount(text: str) -> Decimal:
    """An exact amount; see `money.read_amount`."""
    try:
        return money.read_amount(text)
    except Invalid as error:
        raise Invalid("not-an-amount") from error


def read_currency(text: str) -> str:
    """An ISO 4217 code."""
    try:
        return money.read_currency(text)
    except Invalid as error:
        raise Invalid("not-a-currency") from error


def read_date(text: str) -> datetime.date:
    """A date: `2026-12-31`, `20261231`, `31/12/2026`, `31-12-2026`, a day's number in Excel, or a time on that day.

    Between slashes the day comes first, as in Québec; years from 1970 to 2100.
    """
    try:
        day = datetime.datetime.fromisoformat(_iso(text)).date()
    except ValueError as error:
        raise Invalid("not-a-date") from error
    if not times.OLDEST.date() <= day <= times.NEWEST.date():
        raise Invalid("not-a-date")
    return day


def read_time(text: str) -> str:
    """A time in ISO 8601, still without its zone if it had none: `in_zone` makes an instant of it."""
    if text.isdigit() and not _EPOCH_SECONDS.fullmatch(text):
        return f"{read_date(text)}T00:00:00"
    repaired = _iso(text)
    in_zone(repaired, datetime.UTC)
    return repaired


def in_zone(iso: str, zone: datetime.tzinfo, field: str = "") -> datetime.datetime:
    """The instant (UTC) behind what `read_time` gave; `zone` is where a time without offset was meant."""
    try:
        return times.read_instant(iso, zone, field)
    except Invalid as error:
        raise Invalid("not-a-time", field=field, value=iso) from error


def _iso(text: str) -> str:
    """The same moment in ISO 8601, as far as it is written in a way that is known here."""
    if _SERIAL.fullmatch(text):
        moment = EXCEL_EPOCH + datetime.timedelta(days=float(text), milliseconds=500)
        return moment.replace(microsecond=0).isoformat()
    if match := _DAY_FIRST.match(text):
        day, _, month, year = match.groups()
    elif match := _YEAR_FIRST.match(text):
        year, _, month, day = match.groups()
    else:
        return text
    return f"{year}-{month:0>2}-{day:0>2}{_CLOCK.sub(_clock, text[match.end() :], count=1)}"


def _clock(found: re.Match[str]) -> str:
    hour, half = int(found[1]), (found[4] or "").strip()[:1].lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        return found[0]
    return f"T{hour:02}:{found[2]}{found[3] or ''}"


def read_language(text: str) -> Language:
    """`en` or `fr`, also out of a longer tag (`fr-CA`) or the language's name."""
    if not re.fullmatch(r"(en|fr)([-_].*)?|english|french|anglais|français", text.lower()):
        raise Invalid("not-a-choice", choices="en, fr")
    return as_language(text)


def read_zone(text: str) -> str:
    """The name of a time zone in the IANA database."""
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError) as error:  # not found, no name at all, a folder of names
        raise Invalid("not-a-zone") from error


def choice(choices: Iterable[str]) -> Reader:
    """A reader of one of these words, in whatever case."""
    known = {word.lower(): word for word in choices}

    def read(text: str) -> str:
        if text.lower() not in known:
            raise Invalid("not-a-choice", choices=", ".join(known))
        return known[text.lower()]

    return read


def several(choices: Iterable[str]) -> Reader:
    """A reader of some of these words, separated by `|`, as a set."""
    one = choice(choices)

    def read(text: str) -> frozenset[object]:
        return frozenset(one(part) for part in _parts(text))

    return read
