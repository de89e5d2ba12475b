"""Address lists (RFC 5322, section 3.4), read in one pass; what is no address is left out."""

import re
from collections.abc import Iterable
from typing import Final

from mobile_gateway.mail.reading.encoded_words import decode_words
from mobile_gateway.mail.reading.lexical import Token, TokenKind, tokens
from mobile_gateway.mail.reading.limits import FIELD_BYTES, MOST_ADDRESSES
from server.domain.mails import Address

_DOMAIN: Final = re.compile(r"[\w.\-]{1,253}|\[[\w.:\-]{1,60}\]")
_LONGEST: Final = 320


def read_addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The addresses of all these header values, in order, at most 100. Groups are dissolved, comments are names."""
    found: list[Address] = []
    left = FIELD_BYTES
    for value in values:
        readable = value[:left]
        left -= len(readable)
        for entry in _entries(readable):
            found += _addresses(entry)
            if len(found) >= MOST_ADDRESSES:
                return tuple(found[:MOST_ADDRESSES])
    return tuple(found)


def _entries(value: str) -> Iterable[list[Token]]:
    """The tokens between commas; the name of a group is dropped."""
    entry: list[Token] = []
    inside = False
    for token in tokens(value, "<>,;:"):
        special = token.text if token.kind is TokenKind.SPECIAL else ""
        if special in ("<", ">"):
            inside = special == "<"
        if special and not inside and special != ">":
            if special != ":":
                yield entry
            entry = []
            continue
        entry.append(token)
    yield entry


def _addresses(entry: list[Token]) -> list[Address]:
    """Normally one. Several in angle brackets without a comma between them are all given: that is suspicious."""
    phrase: list[Token] = []
    angles: list[list[Token]] = []
    inside = False
    for token in entry:
        if token.kind is TokenKind.SPECIAL and token.text in "<>":
            inside = token.text == "<"
            if inside:
                angles.append([])
        elif inside:
            angles[-1].append(token)
        else:
            phrase.append(token)
    comments = [token.text for token in entry if token.kind is TokenKind.COMMENT]
    words = [token for token in phrase if token.kind is not TokenKind.COMMENT]
    if angles:
        name = " ".join(token.text for token in words) or " ".join(comments)
        return [address for angle in angles if (address := _address(_spec(angle), name))]
    return [address for run in _runs(words) if (address := _address(_spec(run), " ".join(comments)))]


def _runs(words: list[Token]) -> list[list[Token]]:
    runs: list[list[Token]] = []
    for token in words:
        if token.apart or not runs:
            runs.append([])
        runs[-1].append(token)
    return runs


def _spec(run: list[Token]) -> str:
    plain = [token for token in run if token.kind is not TokenKind.COMMENT]
    written = "".join(f'"{token.text}"' if token.kind is TokenKind.QUOTED else token.text for token in plain)
    # An obsolete route: "@relay,@other:user@host".
    return written.rpartition(":")[2] if written.startswith("@") else written


def _address(spec: str, name: str) -> Address | None:
    local, _at, domain = spec.rpartition("@")
    if not local or len(spec) > _LONGEST or not spec.isprintable() or not _DOMAIN.fullmatch(domain):
        return None
    if "@" in local and not local.startswith('"'):
        return None
    return Address(f"{local}@{domain.lower()}", decode_words(name, 200))
