"""The names that calendars give to time zones, and the IANA names that they stand for."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from server.domain.names import folded

_IANA: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
_NOT_A_PLACE: Final = frozenset({"localtime", "posixrules", "Factory"})
_DISPLAYED: Final = re.compile(r"\((?:UTC|GMT)(?:([+-])([0-9]{1,2})[:.]([0-9]{2}))?\)\s*(.*)", re.ASCII | re.IGNORECASE)
_FIXED: Final = re.compile(r"(?:UTC|GMT)\s*([+-])([0-9]{1,2}):?([0-9]{2})?", re.ASCII | re.IGNORECASE)

# What Outlook displays without naming a city, in its English and French versions.
_WITHOUT_CITY: Final = {
    "eastern time (us & canada)": "America/New_York",
    "est (e.-u. et canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "centre (e.-u. et canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "rocheuses (e.-u. et canada)": "America/Denver",
    "montagnes rocheuses (e.-u. et canada)": "America/Denver",
    "pacific time (us & canada)": "America/Los_Angeles",
    "pacifique (e.-u. et canada)": "America/Los_Angeles",
    "pacific time (us & canada); tijuana": "America/Los_Angeles",
    "atlantic time (canada)": "America/Halifax",
    "atlantique (canada)": "America/Halifax",
    "newfoundland": "America/St_Johns",
    "terre-neuve": "America/St_Johns",
    "saskatchewan": "America/Regina",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix",
    "indiana (east)": "America/Indiana/Indianapolis",
    "indiana (est)": "America/Indiana/Indianapolis",
    "central america": "America/Guatemala",
    "amerique centrale": "America/Guatemala",
    "baja california": "America/Tijuana",
    "basse-californie": "America/Tijuana",
    "coordinated universal time": "UTC",
    "temps universel coordonne": "UTC",
}


def zone_named(name: str) -> ZoneInfo | None:
    """The zone that a TZID means: IANA's name (also behind a vendor's prefix), Windows' name, or what Outlook displays.

    None for a name that tells nothing by itself.
    """
    cleaned = _cleaned(name)
    return _iana(cleaned) or _windows(cleaned) or _displayed(cleaned) or _prefixed(cleaned)


def zone_of_offset(name: str) -> ZoneInfo | None:
    """The zone, without daylight saving, of a name like “(UTC-05:00) Anywhere” or “GMT+0200”; None for others."""
    found = _DISPLAYED.fullmatch(_cleaned(name)) or _FIXED.fullmatch(_cleaned(name))
    return _offset_zone(found[1], found[2], found[3]) if found else None


def _cleaned(name: str) -> str:
    return name.strip().strip('"').strip()[:200]


def _iana(name: str) -> ZoneInfo | None:
    if not _IANA.fullmatch(name) or name in _NOT_A_PLACE or len(name) > 60:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _windows(name: str) -> ZoneInfo | None:
    found = _windows_names().get(name.lower().replace(" daylight time", " standard time"))
    return _iana(found) if found else None


@lru_cache(maxsize=1)
def _windows_names() -> dict[str, str]:
    return {windows.lower(): iana for windows, iana in WINDOWS_TO_OLSON.items()}


def _prefixed(name: str) -> ZoneInfo | None:
    """“/freeassociation.sourceforge.net/Europe/Paris”, “/citadel.org/20210210_1/America/Toronto”."""
    if not name.startswith("/"):
        return None
    parts = [part for part in name.split("/") if part]
    candidates = ("/".join(parts[-length:]) for length in (3, 2, 1))
    return next(filter(None, map(_iana, candidates)), None)


def _displayed(name: str) -> ZoneInfo | None:
    """“(UTC-05:00) Eastern Time (US & Canada)”, “(GMT+01.00) Brussels, Copenhagen, Madrid, Paris”."""
    found = _DISPLAYED.fullmatch(name)
    if not found:
        return None
    label = " ".join(folded(found[4]).split())
    if label in _WITHOUT_CITY:
        return _iana(_WITHOUT_CITY[label])
    for city in re.split(r"\s*[,/;]\s*", label):
        for zone in filter(None, map(_iana, _cities().get(city.replace(" ", "_"), ()))):
            return zone
    return None


def _offset_zone(sign: str | None, hours: str | None, minutes: str | None) -> ZoneInfo | None:
    if not sign or not hours or int(hours) == 0:
        return ZoneInfo("Etc/UTC")
    if minutes and int(minutes):
        return None
    # POSIX turns the sign around: Etc/GMT+5 is five hours behind.
    return _iana(f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}")


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[str, ...]]:
    cities: dict[str, tuple[str, ...]] = {}
    for city, zone in sorted(_places()):
        cities[city] = (*cities.get(city, ()), zone)
    return cities


def _places() -> Iterator[tuple[str, str]]:
    for zone in available_timezones():
        area, _, city = zone.rpartition("/")
        if area and area != "Etc":
            yield city.lower(), zone
