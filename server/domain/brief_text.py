"""The brief as plain text for the smallest screens: at most 1,024 bytes of UTF-8, 20 lines of 40 characters.

The facts come first, a line each; what room is left is shared among the notes, so that a short note stays whole and
the long ones are cut alike, at a word.
"""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 1024
MOST_LINES: Final = 20
WIDTH: Final = 40
ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Entry:
    """A note on the page: the line that says when and by whom, and its words."""

    heading: str
    text: str


def lay_out(facts: Sequence[str], entries: Sequence[Entry]) -> str:
    """The page: the facts, then the notes. Lines end in a line feed; empty facts are left out."""
    lines = [shorten(cleaned) for fact in facts if (cleaned := clean(fact))]
    headings = [shorten(clean(entry.heading)) for entry in entries]
    texts = [textwrap.wrap(clean(entry.text), WIDTH) for entry in entries]
    room = MOST_LINES - len(lines) - len(headings)
    while room > 0:
        page = _page(lines, headings, _shared(texts, room))
        if len(page.encode()) <= MOST_BYTES:
            return page
        room -= 1
    return _cut_to_bytes([*lines, *headings])


def clean(text: str) -> str:
    """One line: control and invisible marks dropped, white space of any kind single."""
    visible = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in text)
    return " ".join(visible.split())


def shorten(text: str, width: int = WIDTH) -> str:
    """At most `width` characters, cut at a word where there is one, with an ellipsis."""
    if len(text) <= width:
        return text
    head, _, _ = text[:width].rpartition(" ")
    if len(head) < width // 2:
        head = text[: width - 1]
    return head.rstrip(" ,;:-–") + ELLIPSIS


def _shared(texts: Sequence[list[str]], room: int) -> list[list[str]]:
    """The same number of lines for each, those that need fewer leaving theirs to the others."""
    granted = [0] * len(texts)
    while room > 0 and any(got < len(text) for got, text in zip(granted, texts, strict=True)):
        for number, text in enumerate(texts):
            if room > 0 and granted[number] < len(text):
                granted[number] += 1
                room -= 1
    return [_cut(text, got) for text, got in zip(texts, granted, strict=True)]


def _cut(lines: list[str], kept: int) -> list[str]:
    if kept >= len(lines) or kept == 0:
        return lines[:kept]
    return [*lines[: kept - 1], shorten(lines[kept - 1] + " " + lines[kept])]


def _page(lines: Sequence[str], headings: Sequence[str], texts: Sequence[list[str]]) -> str:
    page = list(lines)
    for heading, text in zip(headings, texts, strict=True):
        page += [heading, *text]
    return "".join(line + "\n" for line in page)


def _cut_to_bytes(lines: Sequence[str]) -> str:
    page = ""
    for line in lines[:MOST_LINES]:
        longer = page + line + "\n"
        if len(longer.encode()) > MOST_BYTES:
            break
        page = longer
    return page
