"""Texts that may be longer than a page: cleaned, and cut at a word."""

import unicodedata


def readable(*texts: str | None) -> str:
    """The texts as paragraphs: lines kept, control and invisible marks dropped."""
    whole = "\n".join(filter(None, texts)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in whole if mark == "\n" or unicodedata.category(mark)[0] != "C")


def part(text: str, start: int, length: int) -> tuple[str, int | None]:
    """At most `length` characters from `start` on, and where the rest begins; None when there is no rest."""
    if start + length >= len(text):
        return text[start:], None
    head = text[start : start + length]
    at_a_word = max(head.rfind(" "), head.rfind("\n"))
    if at_a_word > length // 2:
        head = head[: at_a_word + 1]
    return head, start + len(head)
