"""The words of structured headers (RFC 5322, section 3.2): atoms, quoted strings, comments, specials."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

_SPACE: Final = re.compile(r"\s+")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_PAREN: Final = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class TokenKind(Enum):
    """What a token is."""

    ATOM = 1
    QUOTED = 2
    COMMENT = 3
    SPECIAL = 4


@dataclass(frozen=True, slots=True)
class Token:
    """`text` without its quotes or parentheses; `apart`: white space or a comment stands before it."""

    kind: TokenKind
    text: str
    apart: bool = False


class Unclosed(ValueError):
    """A quoted string or a comment does not end: what follows cannot be told from what is inside."""


def tokens(text: str, specials: str, strict: bool = False) -> Iterator[Token]:
    """Cut into tokens in one pass; every character of `specials` is a token of its own.

    What does not end is taken to the end of the text if it is a comment, and as a plain character if it is a quote;
    raises Unclosed instead when `strict`.
    """
    atom = re.compile(rf'[^\s()"{re.escape(specials)}]+')
    position, apart = 0, False
    may_close = True  # once a quote does not end, no later one does: each has been walked over as an escaped one
    while position < len(text):
        if space := _SPACE.match(text, position):
            position, apart = space.end(), True
        elif text[position] == "(":
            position, inside = _comment(text, position, strict)
            yield Token(TokenKind.COMMENT, inside, apart)
            apart = True
        elif text[position] == '"' and may_close and (quoted := _QUOTED.match(text, position)):
            position = quoted.end()
            yield Token(TokenKind.QUOTED, _ESCAPED.sub(r"\1", quoted[1]), apart)
            apart = False
        elif found := atom.match(text, position):
            position = found.end()
            yield Token(TokenKind.ATOM, found[0], apart)
            apart = False
        else:
            if text[position] == '"':
                if strict:
                    raise Unclosed
                may_close = False
            if text[position] in specials:
                yield Token(TokenKind.SPECIAL, text[position], apart)
                apart = False
            position += 1


def _comment(text: str, start: int, strict: bool) -> tuple[int, str]:
    # Counted, not recursive: comments may be nested as deep as a header is long.
    depth = 0
    for found in _PAREN.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end(), _ESCAPED.sub(r"\1", text[start + 1 : found.start()])
    if strict:
        raise Unclosed
    return len(text), text[start + 1 :]
