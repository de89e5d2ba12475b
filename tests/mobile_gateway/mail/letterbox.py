"""Mails as reps and their machines write them, as bytes."""

import base64
from itertools import count
from typing import Final

from tests.company import ANNIE

DOMAIN: Final = "calepin.example.net"
OURS: Final = f"notes@{DOMAIN}"
VOUCHED: Final = "mx.example.net; dmarc=pass (p=reject) header.from=example.com"
AMR: Final = b"#!AMR\n" + bytes([0x3C]) + bytes(31)
BOUNDARY: Final = "=_part"

_numbers = count(1)


def letter(
    subject: str = "",
    text: str = "",
    *,
    parts: tuple[bytes, ...] = (),
    author: str = f"Annie Gagnon <{ANNIE.email}>",
    vouched: str | None = VOUCHED,
    message_id: str | None = None,
    date: str = "Tue, 24 Nov 2026 09:50:00 -0500",
    headers: tuple[str, ...] = (),
) -> bytes:
    """A mail from Annie; every one has its own Message-ID unless one is given."""
    head = [f"Authentication-Results: {vouched}"] if vouched else []
    head += [
        f"From: {author}",
        f"To: {OURS}",
        f"Message-ID: {message_id or f'<m{next(_numbers)}@example.com>'}",
        f"Date: {date}",
        f"Subject: {subject}",
        "MIME-Version: 1.0",
        *headers,
    ]
    body = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n".encode()
    if not parts:
        return "\r\n".join(head).encode() + b"\r\n" + body
    head.append(f'Content-Type: multipart/mixed; boundary="{BOUNDARY}"')
    pieces = b"".join(b"--" + BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in (body, *parts))
    return "\r\n".join(head).encode() + b"\r\n\r\n" + pieces + b"--" + BOUNDARY.encode() + b"--\r\n"


def recording(
    data: bytes = AMR, name: str = "note.amr", kind: str = "audio/amr", encoded: bytes | None = None
) -> bytes:
    """An attached recording."""
    head = (
        f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + (base64.encodebytes(data) if encoded is None else encoded)


def calendar(text: str, method: str = "REQUEST") -> bytes:
    """A calendar part as Outlook and the others write it."""
    head = f"Content-Type: text/calendar; method={method}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + text.encode()


def event(
    *lines: str,
    uid: str = "m1@example.com",
    sequence: int = 0,
    starts: str = "20261126T190000Z",
    ends: str = "20261126T200000Z",
    summary: str = "Tremblay",
    organizer: str = ANNIE.email,
    attendee: str = OURS,
    method: str = "REQUEST",
) -> str:
    """An iCalendar object with one event."""
    return "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Tests//EN",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20261124T140000Z",
            f"SEQUENCE:{sequence}",
            f"DTSTART:{starts}",
            f"DTEND:{ends}",
            f"SUMMARY:{summary}",
            f"ORGANIZER;CN=Organizer:mailto:{organizer}",
            f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{attendee}",
            *lines,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
    )
