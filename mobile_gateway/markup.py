"""HTML that fits: templates with everything escaped, and pages cut so that none exceeds 4 KB, whatever the data."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from server.domain.brief_text import clean, shorten

MOST_BYTES: Final = 4096

Size = TypeVar("Size")


@dataclass(frozen=True, slots=True)
class Room:
    """How much of everything a page shows: characters of a text, characters of a name, entries of a list."""

    text: int
    name: int
    entries: int


# From a page for ordinary data to one that holds the longest names made of nothing but quotation marks.
ROOMS: Final = (
    Room(1500, 80, 8),
    Room(1000, 80, 8),
    Room(700, 80, 6),
    Room(500, 70, 5),
    Room(350, 60, 5),
    Room(250, 60, 4),
    Room(160, 50, 3),
    Room(100, 40, 2),
    Room(50, 30, 1),
    Room(20, 20, 1),
    Room(8, 12, 0),
)


def render(template: str, **values: Any) -> str:
    """The template filled in; every value is escaped. Raises UndefinedError for a value that is missing."""
    return _environment().get_template(template).render(values)


def fitting(draw: Callable[[Size], str], sizes: Iterable[Size]) -> str:
    """The page drawn at the first of these sizes, ever tighter ones, at which it takes at most 4 KB of UTF-8."""
    page = ""
    for size in sizes:
        page = draw(size)
        if len(page.encode()) <= MOST_BYTES:
            break
    return page


def fitting_list(draw: Callable[[int], str], entries: int, most: int) -> str:
    """The page drawn with as many entries of a list as fit, at most `most` of them and at least one."""
    return fitting(draw, range(max(1, min(entries, most)), 0, -1))


def cut(text: str, length: int) -> str:
    """One line of at most that many characters, cut at a word."""
    return shorten(clean(text), length)


def dial(phone: str) -> str:
    """What a `tel:` link dials: a leading plus and the digits before any extension; empty if there is no number."""
    head = re.match(r"[\s+\d().\-/]*", phone)
    digits = re.sub(r"[^+\d]", "", head.group() if head else "")
    return digits if len(digits) >= 3 else ""


def in_path(text: str) -> str:
    """Escaped for a part of a path or of a query."""
    return quote(text, safe="")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mobile_gateway", "pages/templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters |= {"cut": cut, "dial": dial, "in_path": in_path}
    return environment
