"""Numbers as people write and say them, in French and in English: “20 000”, “1,250.50”, “vingt mille”."""

import re
from decimal import Decimal
from typing import Final


def number_at(text: str) -> tuple[Decimal, int] | None:
    """The number that a folded text begins with, and how many characters it takes; None where there is none."""
    return _in_figures(text) or _in_words(text)


def _in_figures(text: str) -> tuple[Decimal, int] | None:
    match = _FIGURES.match(text)
    if match is None:
        return None
    whole = re.sub(r"[\s,.]", "", match["whole"])
    value = Decimal(f"{whole}.{match['cents'] or 0}")
    thousands = _THOUSANDS.match(text, match.end())
    if thousands:
        return value * 1000, thousands.end()
    return value, match.end()


def _in_words(text: str) -> tuple[Decimal, int] | None:
    total = current = Decimal(0)
    end = reached = 0
    for match in _SPOKEN.finditer(text):
        if match.start() > reached + 1:
            break
        word = match[0]
        if word in _JOINS and end:
            reached = match.end()
            continue
        if word not in _WORDS:
            break
        value = _WORDS[word]
        if value in (100, 1000, 1_000_000):
            current = max(Decimal(1), current) * value
            if value >= 1000:
                total, current = total + current, Decimal(0)
        elif value == 20 and 0 < current < 10 and word == "vingts":
            current *= 20
        else:
            current += value
        end = reached = match.end()
    return (total + current, end) if end else None


_FIGURES: Final = re.compile(r"(?P<whole>\d{1,3}(?:[\s\u00a0\u202f,.]\d{3})+|\d+)(?:[.,](?P<cents>\d{2}))?(?!\d)")
_THOUSANDS: Final = re.compile(r"\s*(?:k|mille|thousand)\b")
_SPOKEN: Final = re.compile(r"[a-z]+")
_JOINS: Final = frozenset({"et", "and"})
_WORDS: Final = {
    word: Decimal(value)
    for value, words in (
        (1, "un une one"),
        (2, "deux two"),
        (3, "trois three"),
        (4, "quatre four"),
        (5, "cinq five"),
        (6, "six"),
        (7, "sept seven"),
        (8, "huit eight"),
        (9, "neuf nine"),
        (10, "dix ten"),
        (11, "onze eleven"),
        (12, "douze twelve"),
        (13, "treize thirteen"),
        (14, "quatorze fourteen"),
        (15, "quinze fifteen"),
        (16, "seize sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "vingt vingts twenty"),
        (30, "trente thirty"),
        (40, "quarante forty"),
        (50, "cinquante fifty"),
        (60, "soixante sixty"),
        (70, "seventy"),
        (80, "eighty"),
        (90, "ninety"),
        (100, "cent cents hundred"),
        (1000, "mille thousand"),
        (1_000_000, "million millions"),
    )
    for word in words.split()
}
