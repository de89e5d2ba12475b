"""How our mails are laid out: plain text, in lines of 40 characters."""

import textwrap
from collections.abc import Sequence
from typing import Final

from server.domain.brief_text import WIDTH, clean, shorten

LONGEST_SUBJECT: Final = 120


def said(*paragraphs: str) -> str:
    """Paragraphs in lines of 40 characters, an empty line between them; a line feed inside one starts a new line."""
    return "\n\n".join(_wrapped(paragraph) for paragraph in paragraphs if paragraph.strip()) + "\n"


def numbered(choices: Sequence[str]) -> str:
    """`1. …`, a line each."""
    return "\n".join(shorten(f"{number}. {clean(choice)}") for number, choice in enumerate(choices, 1))


def as_subject(text: str) -> str:
    """One line of at most 120 characters."""
    return shorten(clean(text), LONGEST_SUBJECT)


def _wrapped(paragraph: str) -> str:
    return "\n".join(map(_filled, paragraph.splitlines()))


def _filled(line: str) -> str:
    # French puts spaces where no line may end.
    tied = line.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return textwrap.fill(tied, WIDTH, break_long_words=False, break_on_hyphens=False).replace("\u00a0", " ")
