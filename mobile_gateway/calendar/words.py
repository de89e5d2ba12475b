"""Texts and addresses out of properties, cleaned and bounded."""

import re
from typing import Final

from icalendar.parser import unescape_backslash

from mobile_gateway.calendar.components import Component, Property
from mobile_gateway.calendar.events import Attendee, Party
from server.domain.brief_text import clean

LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 10_000
LONGEST_NAME: Final = 200
MOST_ATTENDEES: Final = 200
_ADDRESS: Final = re.compile(r"[^\s@<>(),;:\\\"\[\]\x00-\x20\x7f]{1,64}@[^\s@<>(),;:\\\"\x00-\x20\x7f]{1,189}")
_TOKEN: Final = re.compile(r"[A-Z-]{1,20}", re.ASCII)


def uid(event: Component) -> str:
    """The UID as it was given: it is echoed, never shown."""
    return _unescaped(event.value("UID"))


def line(event: Component, name: str) -> str:
    """A TEXT property on one line, without control characters, at most 300 characters."""
    return clean(_unescaped(event.value(name)[: 4 * LONGEST_LINE]))[:LONGEST_LINE].strip()


def text(event: Component, name: str) -> str:
    """A TEXT property with its lines, each cleaned, at most 10,000 characters."""
    lines = _unescaped(event.value(name)[: 2 * LONGEST_TEXT]).split("\n")
    return "\n".join(map(clean, lines)).strip()[:LONGEST_TEXT].strip()


def party(prop: Property | None) -> Party:
    """The ORGANIZER; empty where there is none."""
    return Party(_address(prop), clean_name(prop.params.get("CN", ""))) if prop else Party("")


def attendees(event: Component) -> tuple[Attendee, ...]:
    """Those invited who have an address or a name, at most 200."""
    found: list[Attendee] = []
    for prop in event.every("ATTENDEE"):
        address, name = _address(prop), clean_name(prop.params.get("CN", ""))
        partstat = prop.params.get("PARTSTAT", "").upper()
        known = partstat if _TOKEN.fullmatch(partstat) else "NEEDS-ACTION"
        if (address or name) and len(found) < MOST_ATTENDEES:
            found.append(Attendee(address, name, known))
    return tuple(found)


def clean_name(name: str) -> str:
    """A name on one line; one that only repeats the address in quotes keeps no quotes."""
    return clean(name.replace('"', "")).strip("' ")[:LONGEST_NAME]


def _address(prop: Property) -> str:
    # Apple writes “/principals/…” or “urn:uuid:…” as the value, and the address beside it.
    for given in (prop.value, prop.params.get("EMAIL", "")):
        address = re.sub(r"^\s*mailto:", "", given[:300], flags=re.IGNORECASE).strip().lower()
        if _ADDRESS.fullmatch(address):
            return address
    return ""


def _unescaped(value: str) -> str:
    return str(unescape_backslash(value))
