"""The parts of a mail (RFC 2046), found by offsets: nothing is copied, each byte is looked at a few times at most."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from mobile_gateway.mail.reading.headers import Headers, read_headers
from mobile_gateway.mail.reading.limits import MOST_DELIMITER_LINES, MOST_DEPTH, Allowance
from mobile_gateway.mail.reading.parameters import Value, media_type, read_value
from mobile_gateway.mail.reading.transfer import decode
from server.domain.mails import FaultKind

_AFTER_DELIMITER: Final = re.compile(rb"(--)?[ \t]*(\r?\n|\r?\Z)")
_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_READABLE: Final = frozenset({"", "7bit", "8bit", "binary"})


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes, and where in them lines begin with "--"."""

    raw: bytes = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is no container: its headers, its type, and its body still encoded.

    message      the headers of the mail that it belongs to
    forwarded    how many mails lie around it, besides the one that came
    alternative  whether a multipart/alternative does
    """

    source: Source = field(repr=False)
    headers: Headers
    type: Value
    start: int
    end: int
    message: Headers = field(default=Headers(), repr=False)
    forwarded: int = 0
    alternative: bool = False

    @property
    def encoding(self) -> str:
        """The transfer encoding, lower case."""
        return read_value(self.headers.first("content-transfer-encoding")).word.strip("\"'")

    @property
    def size(self) -> int:
        """Bytes of the encoded body."""
        return self.end - self.start

    def body(self, most: int | None = None) -> bytes:
        """The encoded body, or its first `most` bytes."""
        end = self.end if most is None else min(self.end, self.start + most)
        return self.source.raw[self.start : end]


def source(raw: bytes, allowance: Allowance) -> Source:
    """Find the lines that may be delimiters; a fault when there are more than any real mail has."""
    lines = [0] if raw.startswith(b"--") else []
    position = raw.find(b"\n--")
    while position >= 0:
        if len(lines) >= MOST_DELIMITER_LINES:
            allowance.fault(FaultKind.TOO_MANY_PARTS)
            break
        lines.append(position + 1)
        position = raw.find(b"\n--", position + 1)
    return Source(raw, tuple(lines))


def whole_mail(raw: bytes, allowance: Allowance) -> Part:
    """The mail as one part, its headers read."""
    opened = _part(source(raw, allowance), 0, len(raw), allowance)
    return replace(opened, message=opened.headers)


def leaves(whole: Part, allowance: Allowance, depth: int = 0) -> Iterator[Part]:
    """The parts of `whole` that are no containers, in their order, containers opened to a limited depth."""
    kind = whole.type.word
    contains = kind.startswith("multipart/") or kind in _MESSAGES
    if not contains:
        yield whole
        return
    if depth >= MOST_DEPTH:
        allowance.fault(FaultKind.TOO_DEEP)
        return
    inner = _message(whole, allowance) if kind in _MESSAGES else _multipart(whole, allowance)
    for part in inner:
        yield from leaves(part, allowance, depth + 1)


def _message(whole: Part, allowance: Allowance) -> Iterator[Part]:
    """The mail within a message part; encoding one is forbidden, and done."""
    inside, start, end = whole.source, whole.start, whole.end
    if whole.encoding not in _READABLE:
        if not allowance.may_decode(whole.size):
            return
        content = decode(whole.body(), whole.encoding)
        if content.damaged:
            allowance.fault(FaultKind.BAD_ENCODING, whole.type.word)
            return
        inside = source(content.data, allowance)
        start, end = 0, len(content.data)
    opened = _part(inside, start, end, allowance)
    yield replace(opened, message=opened.headers, forwarded=whole.forwarded + 1)


def _multipart(whole: Part, allowance: Allowance) -> Iterator[Part]:
    boundary = whole.type.parameters.get("boundary", "").rstrip()
    ranges = _split(whole, boundary.encode("utf-8", "replace")) if boundary else []
    if not ranges:
        allowance.fault(FaultKind.BAD_BOUNDARY)
        yield replace(whole, type=Value("text/plain"))
        return
    alternative = whole.alternative or whole.type.word == "multipart/alternative"
    default = "message/rfc822" if whole.type.word == "multipart/digest" else "text/plain"
    for start, end in ranges:
        if allowance.parts <= 0:
            allowance.fault(FaultKind.TOO_MANY_PARTS)
            return
        allowance.parts -= 1
        part = _part(whole.source, start, end, allowance, default)
        yield replace(part, message=whole.message, forwarded=whole.forwarded, alternative=alternative)


def _part(inside: Source, start: int, end: int, allowance: Allowance, default: str = "text/plain") -> Part:
    headers, body = read_headers(inside.raw, start, end, allowance)
    return Part(inside, headers, media_type(headers.first("content-type") or default), body, end)


def _split(whole: Part, boundary: bytes) -> list[tuple[int, int]]:
    """Start and end of each part; the line end before a delimiter belongs to it. The last may lack its delimiter."""
    raw, lines = whole.source.raw, whole.source.lines
    delimiter = b"--" + boundary
    ranges: list[tuple[int, int]] = []
    open_at = -1
    for position in lines[bisect_left(lines, whole.start) : bisect_left(lines, whole.end)]:
        if not raw.startswith(delimiter, position, whole.end):
            continue
        after = _AFTER_DELIMITER.match(raw, position + len(delimiter), min(whole.end, position + len(delimiter) + 200))
        if after is None or (not after[2] and after.end() < whole.end):
            continue
        if open_at >= 0:
            ranges.append((open_at, _before_line_end(raw, open_at, position)))
        open_at = after.end()
        if after[1]:
            return ranges
    return [*ranges, (open_at, whole.end)] if open_at >= 0 else []


def _before_line_end(raw: bytes, start: int, end: int) -> int:
    for line_end in (b"\r\n", b"\n"):
        if end - start >= len(line_end) and raw.endswith(line_end, start, end):
            return end - len(line_end)
    return end
