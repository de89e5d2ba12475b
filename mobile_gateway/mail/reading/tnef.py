"""winmail.dat: the attachments in a TNEF stream ([MS-OXTNEF], [MS-OXCDATA]), read strictly within its bounds."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mobile_gateway.mail.reading.charsets import decoded

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_MOST_ATTRIBUTES: Final = 2_000
_MOST_PROPERTIES: Final = 1_000
_MOST_DEPTH: Final = 3
_SUMMED: Final = 64 * 1024  # longer attributes are not checked: adding up bytes is slow

_ATTACHMENT_LEVEL: Final = 2
_RENDERING: Final = 0x00069002  # begins an attachment
_TITLE: Final = 0x00018010
_DATA: Final = 0x0006800F
_PROPERTIES: Final = 0x00069005
_CODE_PAGE: Final = 0x00069007

_LONG_NAME: Final = 0x3707
_NAME: Final = 0x3704
_MIME_TAG: Final = 0x370E
_CONTENT: Final = 0x3701

_STRING8: Final = 0x001E
_UNICODE: Final = 0x001F
_BINARY: Final = 0x0102
_OBJECT: Final = 0x000D
_MULTIPLE: Final = 0x1000
_SIZES: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE: Final = frozenset({_STRING8, _UNICODE, _BINARY, _OBJECT})


class BadTnef(ValueError):
    """The stream breaks the format; what came before stays good."""


@dataclass(slots=True)
class Attachment:
    """A file: its name, the type it claims (may be empty) and its bytes."""

    name: str = ""
    type: str = ""
    data: bytes = field(default=b"", repr=False)


def attachments(stream: bytes, depth: int = 0) -> Iterator[Attachment]:
    """The attachments, those of forwarded mails within included. Raises BadTnef where the stream breaks."""
    current = Attachment()
    code_page = "cp1252"
    for level, attribute, data in _attributes(stream):
        if attribute == _CODE_PAGE and len(data) >= 4:
            code_page = f"cp{int.from_bytes(data[:4], 'little')}"
        elif level != _ATTACHMENT_LEVEL:
            continue
        elif attribute == _RENDERING:
            yield from _finished(current)
            current = Attachment()
        elif attribute == _TITLE:
            current.name = current.name or _string(data, code_page)
        elif attribute == _DATA:
            current.data = data
        elif attribute == _PROPERTIES:
            yield from _apply(current, data, code_page, depth)
    yield from _finished(current)


def _finished(current: Attachment) -> Iterator[Attachment]:
    if current.data:
        yield current


def _attributes(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    if not stream.startswith(SIGNATURE) or len(stream) < 6:
        raise BadTnef("no signature")
    position = 6  # signature and key
    for _count in range(_MOST_ATTRIBUTES):
        if position >= len(stream):
            return
        if position + 9 > len(stream):
            raise BadTnef("cut off")
        level, attribute, length = struct.unpack_from("<BII", stream, position)
        start, end = position + 9, position + 9 + length
        if level not in (1, 2) or end + 2 > len(stream):
            raise BadTnef("cut off")
        data = stream[start:end]
        if length <= _SUMMED and sum(data) & 0xFFFF != int.from_bytes(stream[end : end + 2], "little"):
            raise BadTnef("wrong checksum")
        yield level, attribute, data
        position = end + 2
    raise BadTnef("too many attributes")


def _apply(current: Attachment, data: bytes, code_page: str, depth: int) -> Iterator[Attachment]:
    for kind, identity, value in _properties(data):
        if identity == _LONG_NAME or (identity == _NAME and not current.name):
            current.name = _text(kind, value, code_page)
        elif identity == _MIME_TAG:
            current.type = _text(kind, value, code_page).lower()
        elif identity == _CONTENT and kind == _BINARY:
            current.data = current.data or value
        elif identity == _CONTENT and kind == _OBJECT and value[16:].startswith(SIGNATURE):  # after the class id
            if depth >= _MOST_DEPTH:
                raise BadTnef("too deep")
            yield from attachments(value[16:], depth + 1)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Kind, identity and first value of each property."""
    count, position = _u32(data, 0), 4
    if count > _MOST_PROPERTIES:
        raise BadTnef("too many properties")
    for _number in range(count):
        head = _u32(data, position)
        kind, identity = head & 0xFFFF, head >> 16
        position += 4
        if identity >= 0x8000:
            position = _after_name(data, position)
        value, position = _values(data, position, kind)
        yield kind & ~_MULTIPLE, identity, value


def _after_name(data: bytes, position: int) -> int:
    kind, length = _u32(data, position + 16), _u32(data, position + 20)
    return position + 24 + (_padded(length) if kind == 1 else 0)


def _values(data: bytes, position: int, kind: int) -> tuple[bytes, int]:
    basic = kind & ~_MULTIPLE
    variable = basic in _VARIABLE
    if not variable and basic not in _SIZES:
        raise BadTnef("unknown property type")
    count = 1
    if variable or kind & _MULTIPLE:
        count, position = _u32(data, position), position + 4
    if count > _MOST_PROPERTIES:
        raise BadTnef("too many values")
    first = b""
    for number in range(count):
        length = _SIZES.get(basic, 0)
        if variable:
            length, position = _u32(data, position), position + 4
        if position + length > len(data):
            raise BadTnef("cut off")
        if number == 0:
            first = data[position : position + length]
        position += _padded(length)
    return first, position


def _padded(length: int) -> int:
    return length + -length % 4


def _u32(data: bytes, position: int) -> int:
    if position + 4 > len(data):
        raise BadTnef("cut off")
    return int.from_bytes(data[position : position + 4], "little")


def _text(kind: int, value: bytes, code_page: str) -> str:
    if kind == _UNICODE:
        return value[:1_000].decode("utf-16-le", "replace").split("\0", 1)[0]
    return _string(value, code_page) if kind == _STRING8 else ""


def _string(value: bytes, code_page: str) -> str:
    return decoded(value[:1_000].split(b"\0", 1)[0], code_page)
