"""iCalendar text (RFC 5545 §3.1) as components and properties, within bounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from icalendar.parser import Contentline, Contentlines

from server.domain.errors import Invalid

MOST_BYTES: Final = 256 * 1024
MOST_EVENTS: Final = 50
MOST_ZONES: Final = 20
MOST_PROPERTIES: Final = 2_000
MOST_DEPTH: Final = 6

# Some senders leave the quotes off a zone's name that has a colon in it.
_BARE_ZONE: Final = re.compile(r'(;TZID=)(\([^)":]*:[^)":]*\)[^":;]*)(?=[:;])', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: name and parameter names in capitals, the value as it stands (still escaped)."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: list[Property] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next(self.every(name), None)

    def value(self, name: str) -> str:
        """The value of the first property of that name, or nothing."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def every(self, name: str) -> Iterator[Property]:
        """All properties of that name, in order."""
        return (prop for prop in self.properties if prop.name == name)

    def named(self, name: str) -> list["Component"]:
        """The components of that name directly inside."""
        return [child for child in self.children if child.name == name]


def read_calendar(ics: str | bytes) -> Component | None:
    """The first VCALENDAR, or None where there is none; lines that are no content lines are passed over.

    Raises Invalid for more than 256 KB, 50 events or 20 zones.
    """
    if len(ics) > MOST_BYTES:
        raise Invalid(field="calendar", reason=f"more than {MOST_BYTES // 1024} KB")
    root = Component("")
    stack = [root]
    skipped = 0
    for prop in _properties(_decoded(ics)):
        if prop.name == "BEGIN":
            if skipped or len(stack) > MOST_DEPTH:
                skipped += 1
                continue
            stack.append(Component(prop.value.strip().upper()))
            stack[-2].children.append(stack[-1])
        elif prop.name == "END":
            skipped, closes = max(0, skipped - 1), not skipped
            if closes and len(stack) > 1:
                stack.pop()
        elif not skipped and len(stack[-1].properties) < MOST_PROPERTIES:
            stack[-1].properties.append(prop)
    calendar = next(iter(root.named("VCALENDAR")), None)
    if calendar is not None:
        _check_counts(calendar)
    return calendar


def _check_counts(calendar: Component) -> None:
    for name, most in (("VEVENT", MOST_EVENTS), ("VTIMEZONE", MOST_ZONES)):
        if len(calendar.named(name)) > most:
            raise Invalid(field="calendar", reason=f"more than {most} {name}")


def _decoded(ics: str | bytes) -> str:
    # Half a surrogate pair can be read, but never written again.
    text = ics.encode("utf-8", "replace").decode("utf-8") if isinstance(ics, str) else _text(ics)
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _text(ics: bytes) -> str:
    try:
        return ics.decode("utf-8")
    except UnicodeDecodeError:
        return ics.decode("cp1252", errors="replace")


def _properties(text: str) -> Iterator[Property]:
    for line in Contentlines.from_ical(text):  # type: ignore[no-untyped-call] # the library has no hints here
        try:
            quoted = _BARE_ZONE.sub(r'\1"\2"', line[:400]) + line[400:]
            name, params, value = Contentline(quoted).raw_parts()  # type: ignore[no-untyped-call]
        except ValueError:
            continue
        yield Property(name.upper(), {key.upper(): _single(given) for key, given in params.items()}, value)


def _single(given: object) -> str:
    return ",".join(map(str, given)) if isinstance(given, list) else str(given)
