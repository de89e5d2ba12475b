"""Mails written by hand: exactly the bytes that a test speaks of."""

import base64
import struct

SOUND = b"#!AMR\n" + bytes(range(256))
HEADERS = b"From: Anne Roy <anne@corp.example>\r\nTo: notes@calepin.example\r\nSubject: Visite\r\nMIME-Version: 1.0\r\n"


def mail(body: bytes, *headers: bytes, content_type: bytes = b"text/plain; charset=utf-8") -> bytes:
    """A mail of Anne's with further headers at its top."""
    top = b"".join(header + b"\r\n" for header in headers)
    return top + HEADERS + b"Content-Type: " + content_type + b"\r\n\r\n" + body


def multipart(*parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"frontier") -> bytes:
    """A multipart as a part of its own: headers, empty line, body."""
    inside = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    return head + inside + b"--" + boundary + b"--\r\n"


def text(words: str) -> bytes:
    """A part of plain text."""
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode()


def attachment(name: bytes = b"a.amr", kind: bytes = b"audio/amr", data: bytes = SOUND) -> bytes:
    """A part with a file in base64."""
    return encoded(name, kind, base64.encodebytes(data))


def encoded(name: bytes, kind: bytes, body: bytes) -> bytes:
    """A part with a file that claims to be base64."""
    disposition = b'\r\nContent-Disposition: attachment; filename="' + name + b'"' if name else b""
    return b"Content-Type: " + kind + disposition + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body


def winmail(*attributes: tuple[int, int, bytes]) -> bytes:
    """A TNEF stream of (level, attribute, data)."""
    stream = struct.pack("<IH", 0x223E9F78, 1)
    for level, attribute, data in attributes:
        stream += struct.pack("<BII", level, attribute, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return stream


def properties(*values: tuple[int, int, bytes]) -> bytes:
    """MAPI properties of (type, id, value), all of variable length."""
    block = struct.pack("<I", len(values))
    for kind, identity, value in values:
        block += struct.pack("<HHII", kind, identity, 1, len(value)) + value + bytes(-len(value) % 4)
    return block
