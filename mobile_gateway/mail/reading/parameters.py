"""Content-Type and Content-Disposition with their parameters (RFC 2045, RFC 2231), as they are really written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from mobile_gateway.mail.reading.charsets import decoded, one_line
from mobile_gateway.mail.reading.encoded_words import decode_words

_LONGEST: Final = 4 * 1024
_TYPE: Final = re.compile(r"[\w!#$&^.+-]{1,80}/[\w!#$&^.+-]{1,80}", re.ASCII)
_PARAMETER: Final = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|([^;]*))', re.DOTALL)
_SEGMENT: Final = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*?))?")
_ESCAPED: Final = re.compile(r'\\(["\\])')  # a backslash before anything else is a folder's, from Windows


@dataclass(frozen=True, slots=True)
class Value:
    """A header's first word in lower case, and its parameters by lower-case name."""

    word: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def token(self, name: str) -> str:
        """The parameter's first word: what follows is a comment."""
        return (self.parameters.get(name, "").split() or [""])[0]

    def text(self, name: str) -> str:
        """The parameter with encoded words decoded, which are not allowed there and common."""
        return decode_words(self.parameters.get(name, ""))


def read_value(header: str) -> Value:
    """`word; name=value; …`. Quotes, RFC 2231 continuations and charsets are resolved; the rest is left out."""
    header = header[:_LONGEST]
    plain: dict[str, str] = {}
    segments: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(header):
        name = found[1].lower()
        value = _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3].strip().strip('"')
        if segment := _SEGMENT.fullmatch(name):
            whole = segment[2] is None
            number = -1 if whole else int(segment[2])
            segments.setdefault(segment[1], {}).setdefault(number, (value, whole or bool(segment[3])))
        else:
            plain.setdefault(name, value)
    return Value(_word(header), plain | {name: _joined(parts) for name, parts in segments.items()})


def media_type(header: str) -> Value:
    """A Content-Type; an impossible one is text/plain, as RFC 2045 wants."""
    value = read_value(header)
    if _TYPE.fullmatch(value.word):
        return value
    found = _TYPE.match(value.word)
    return Value(found[0] if found else "text/plain", value.parameters)


def _word(header: str) -> str:
    return (header.split(";", 1)[0].split("(", 1)[0].split() or [""])[0].lower()


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    whole = parts.get(-1)
    ordered = [whole] if whole else [parts[number] for number in sorted(parts)]
    charset, data = "", b""
    for position, (written, encoded) in enumerate(ordered):
        value = written
        if position == 0 and encoded and written.count("'") >= 2:
            charset, _language, value = written.split("'", 2)
        data += unquote_to_bytes(value) if encoded else value.encode("utf-8", "replace")
    return one_line(decoded(data, charset), 500)
