"""Transfer encodings (RFC 2045, section 6) undone; what is broken is given back as it came, and said to be so."""

import binascii
import re
from dataclasses import dataclass, field
from typing import Final

from mobile_gateway.mail.reading.limits import Allowance

_WHITE: Final = b" \t\r\n"
_MOST_FILES: Final = 200
_UU_BEGIN: Final = re.compile(rb"begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n")
_IDENTITY: Final = frozenset({"", "7bit", "8bit", "binary"})
UUENCODED: Final = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})


@dataclass(frozen=True, slots=True)
class Content:
    """Decoded bytes, or, when `damaged`, the bytes as they came."""

    data: bytes = field(repr=False)
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Uuencoded:
    """A file within a text, from `start` to `end`."""

    name: bytes
    content: Content
    start: int
    end: int


def decode(body: bytes, encoding: str) -> Content:
    """Undo `encoding`; an unknown one, and base64 that breaks a rule other than its missing padding, is damage."""
    if encoding in _IDENTITY:
        return Content(body)
    if encoding == "quoted-printable":
        return Content(binascii.a2b_qp(body))
    if encoding == "base64":
        return _base64(body)
    return Content(body, damaged=True)


def decode_text(body: bytes, encoding: str) -> bytes:
    """Undo `encoding` as far as it goes: half a text can be read, half a recording may be noise."""
    content = decode(body, encoding)
    if encoding != "base64" or not content.damaged:
        return content.data
    packed = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    whole = packed[: len(packed) - (len(packed) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _base64(body: bytes) -> Content:
    packed = body.translate(None, _WHITE)
    try:
        # Without this mode Python skips whatever is no base64, and returns noise.
        return Content(binascii.a2b_base64(packed + b"=" * (-len(packed) % 4), strict_mode=True))
    except binascii.Error:
        return Content(body, damaged=True)


def uuencoded(body: bytes, allowance: Allowance) -> list[Uuencoded]:
    """The uuencoded files within a body, as gateways wrote them before MIME; each needs its begin and its end."""
    found: list[Uuencoded] = []
    position = 0
    for _attempt in range(_MOST_FILES):
        start = _line(body, b"begin ", position)
        if start < 0:
            break
        begin = _UU_BEGIN.match(body, start)
        if begin is None:
            position = start + 1
            continue
        end = _line(body, b"end", begin.end())
        if end < 0 or end - begin.end() > allowance.uuencoded:
            break
        allowance.uuencoded -= end - begin.end()
        found.append(Uuencoded(begin[1], _uu_lines(body[begin.end() : end]), start, end + 3))
        position = end + 3
    return found


def _line(body: bytes, beginning: bytes, position: int) -> int:
    if position == 0 and body.startswith(beginning):
        return 0
    found = body.find(b"\n" + beginning, max(position - 1, 0))
    return found + 1 if found >= 0 else -1


def _uu_lines(encoded: bytes) -> Content:
    try:
        return Content(b"".join(map(binascii.a2b_uu, encoded.splitlines())))
    except binascii.Error:
        return Content(encoded, damaged=True)
