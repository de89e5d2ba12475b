"""What a mail wants, from its subject and the first line of its text."""

import re
import unicodedata
from enum import Enum
from typing import Final

from server.domain.mails import Command, CommandKind, Mail
from server.domain.names import folded

_PREFIX: Final = re.compile(r"\s*(?:re|rep|aw|sv|(fw|fwd|tr|wg))\s?(?:\[\d+\]|\(\d+\))?\s?:\s*")
_BRIEF: Final = re.compile(r"(?:brief|fiche)\b[\s:\-–—]*(.*)")
_WORDS_OF_HELP: Final = frozenset({"help", "aide"})
_PUNCTUATION: Final = " .!?:;,()[]#\"'«»"
_LONGEST_NAME: Final = 80
_LONGEST_LINE: Final = 500
_MOST_WORDS: Final = 8
_LONGEST_REST: Final = 400  # signatures are shorter; a longer text after "brief …" is a note


def command(mail: Mail) -> Command:
    """The wish of a mail without a calendar object.

    A recording is always a note. In an answer or a forward the first line counts before the subject, which was
    somebody else's; otherwise the subject counts first. Case, accents and `Re:` or `TR:` are forgiven.
    """
    note = Command(CommandKind.NOTE)
    if mail.recordings:
        return note
    first, _line_end, rest = mail.own_text.strip().partition("\n")
    subject, prefix = _without_prefixes(mail.subject)
    by_subject = _read(subject)
    by_text = _by_text(first, rest)
    if prefix is _Prefix.FORWARD:
        return by_text or note
    if prefix is _Prefix.ANSWER:
        return by_text or (note if first else by_subject) or note
    if by_subject and by_subject.kind is CommandKind.BRIEF and not by_subject.name:
        return by_text or (_read(f"brief {first}") or note if first else Command(CommandKind.HELP))
    return by_subject or by_text or note


class _Prefix(Enum):
    NONE = 0
    ANSWER = 1
    FORWARD = 2


def _without_prefixes(subject: str) -> tuple[str, _Prefix]:
    """The subject without `Re:` and the like, and what they say; the first one is the last step it took."""
    plain, kind = _composed(subject), _Prefix.NONE
    while prefix := _PREFIX.match(_same_length_folded(plain)):
        if kind is _Prefix.NONE:
            kind = _Prefix.FORWARD if prefix[1] else _Prefix.ANSWER
        plain = plain[prefix.end() :]
    return plain.strip(), kind


def _by_text(first: str, rest: str) -> Command | None:
    if len(rest.strip()) > _LONGEST_REST:
        return None
    found = _read(first)
    if found and found.kind is CommandKind.BRIEF and (first.rstrip().endswith((".", "!")) or not found.name):
        return None  # "Brief call with Tremblay." is a note
    return found


def _read(line: str) -> Command | None:
    if len(line) > _LONGEST_LINE:
        return None
    shown = _composed(line).strip()
    plain = _same_length_folded(shown)
    bare = plain.strip(_PUNCTUATION + "\ufe0f\u20e3")  # a telephone's "2" on a key
    if len(bare) == 1 and bare in "123456789":
        return Command(CommandKind.ANSWER, digit=int(bare))
    if bare in _WORDS_OF_HELP:
        return Command(CommandKind.HELP)
    found = _BRIEF.fullmatch(plain)
    if found is None:
        return None
    name = shown[found.start(1) :].strip(_PUNCTUATION.replace(".", "").replace(")", ""))
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return None
    return Command(CommandKind.BRIEF, name)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _same_length_folded(text: str) -> str:
    # Character by character, so that a place in the one is the same place in the other.
    return "".join((folded(character) or character)[0] for character in text)
