"""The header block of a mail or part (RFC 5322, section 2.2), each field on its own."""

import re
from dataclasses import dataclass
from typing import Final

from mobile_gateway.mail.reading.charsets import decoded
from mobile_gateway.mail.reading.limits import FIELD_BYTES, Allowance
from server.domain.mails import FaultKind

# Possessive: a megabyte of continuation lines is walked through once and keeps nothing for going back.
_FIELD: Final = re.compile(
    rb"([\x21-\x39\x3b-\x7e]{1,100})[ \t]{0,10}:"
    rb"([^\n]*+(?:\n|\Z)(?:[ \t]++[^\r\n][^\n]*+(?:\n|\Z)|[ \t]++\r?\n(?=[ \t]|[\x21-\x39\x3b-\x7e]{1,100}:))*+)"
)
_FOLD: Final = re.compile(r"\r*\n")
_NOISE: Final = re.compile(r"[\r\x00]")


@dataclass(frozen=True, slots=True)
class Headers:
    """Fields in their order: names in lower case, values unfolded and decoded as UTF-8 or Windows-1252."""

    fields: tuple[tuple[str, str], ...] = ()

    def first(self, name: str) -> str:
        """The topmost value, or nothing."""
        return next((value for known, value in self.fields if known == name), "")

    def every(self, *names: str) -> tuple[str, ...]:
        """All values of these names, topmost first."""
        return tuple(value for known, value in self.fields if known in names)


def read_headers(raw: bytes, start: int, end: int, allowance: Allowance) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins, at most at `end`.

    A line that can be no header ends them, as an empty line does. Fields beyond the limits are left out, and what
    is beyond the bytes for all headers counts as neither header nor body.
    """
    limit = min(end, start + max(allowance.header_bytes, 0))
    position = _after_envelope_line(raw, start, limit)
    fields: list[tuple[str, str]] = []
    while position < limit:
        found = _FIELD.match(raw, position, limit)
        if found is None:
            break
        if allowance.fields <= 0:
            allowance.fault(FaultKind.HEADERS_TOO_LONG)
            position = _next_empty_line(raw, position, limit)
            break
        position = found.end()
        name = found[1].decode("ascii").lower()
        allowance.fields -= 1
        if found.end(2) - found.start(2) > FIELD_BYTES:
            allowance.fault(FaultKind.HEADER_TOO_LONG, name)
        value = decoded(raw[found.start(2) : min(found.end(2), found.start(2) + FIELD_BYTES)])
        fields.append((name, _NOISE.sub(" ", _FOLD.sub("", value)).strip()))
    allowance.header_bytes -= position - start
    if position >= limit < end:
        allowance.fault(FaultKind.HEADERS_TOO_LONG)
        return Headers(tuple(fields)), end
    return Headers(tuple(fields)), _after_empty_line(raw, position, end)


def _after_envelope_line(raw: bytes, start: int, limit: int) -> int:
    # Mailboxes in the mbox format put "From sender date" before each mail.
    if not raw.startswith((b"From ", b">From "), start, limit):
        return start
    line_end = raw.find(b"\n", start, limit)
    return limit if line_end < 0 else line_end + 1


def _next_empty_line(raw: bytes, position: int, limit: int) -> int:
    found = [at for empty in (b"\n\r\n", b"\n\n") if (at := raw.find(empty, position, limit)) >= 0]
    return min(found) + 1 if found else limit


def _after_empty_line(raw: bytes, position: int, end: int) -> int:
    for empty in (b"\r\n", b"\n"):
        if raw.startswith(empty, position, end):
            return position + len(empty)
    return position
