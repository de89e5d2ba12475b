"""No bytes at all make the reader raise, and what it says is always clean."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_gateway.mail import reading
from mobile_gateway.mail.reading.authentication import verdict
from mobile_gateway.mail.reading.commands import command
from server.domain.mails import Mail
from tests.mobile_gateway.mail.reading.by_hand import HEADERS, SOUND, attachment, mail, multipart, text
from tests.mobile_gateway.mail.reading.test_automatic import ORIGINAL, STATUS
from tests.mobile_gateway.mail.reading.test_recordings import OUTLOOK, uuencoded

REAL_LOOKING = [
    mail(
        "Bonjour\r\n-- \r\nAnne\r\nLe 31 mars 2026 à 14:05, Luc <l@c.example> a écrit :\r\n> x".encode(),
        b"Return-Path: <anne@corp.example>",
        b"Authentication-Results: mx; dkim=pass (k) header.d=corp.example; dmarc=pass header.from=corp.example",
        b"Received: from a by b; Tue, 31 Mar 2026 14:05:00 -0400",
        b"Message-ID: <1@corp.example>",
        b"References: <a@b> <c@d>",
        b"Date: Tue, 31 Mar 2026 14:05:00 -0400 (EDT)",
        b'Cc: =?utf-8?q?Ren=C3=A9e?= <r@c.example>, "Roy, A" <a@b.example>, Team: x@y;',
        content_type=b"text/plain; charset=iso-8859-1; format=flowed",
    ),
    HEADERS + multipart(text("a"), attachment(), attachment(b"winmail.dat", b"application/ms-tnef", OUTLOOK)),
    HEADERS + multipart(b"Content-Type: message/rfc822\r\n\r\n" + HEADERS + multipart(attachment(), boundary=b"in")),
    HEADERS + multipart(text("x"), STATUS, b"Content-Type: text/rfc822-headers\r\n\r\n" + ORIGINAL, kind=b"report"),
    mail(b"<html><p>a<br>b<blockquote>c&eacute;&#233;</blockquote><!-- d -->", content_type=b"text/html"),
    mail(uuencoded(b"a.amr", SOUND)),
    HEADERS + multipart(b"Content-Type: text/calendar; method=REQUEST; charset=utf-7\r\n\r\nBEGIN:VCALENDAR\r\n"),
    HEADERS + multipart(b"Content-Type: audio/amr; name*0*=utf-8''a%20; name*1=\"b.amr\"\r\n\r\n" + SOUND),
]
SPICE = [
    *(
        b"\x00",
        b"\r",
        b"\n",
        b"\r\n",
        b"\r\n\r\n",
        b"--frontier\r\n",
        b"--frontier--",
        b'"',
        b"(",
        b")",
        b"<",
        b">",
        b";",
    ),
    *(
        b"=?utf-8?q?=0D=0A?=",
        b"=?x?b?",
        b"\xff\xfe",
        b"\xe9",
        b"begin 644 a.amr\n",
        b"end\n",
        b"=",
        b"\\",
        b"%0D",
        b"*0*=",
    ),
    *(
        b"Content-Type: ",
        b"Content-Transfer-Encoding: base64\r\n",
        b"charset=utf-16",
        b"message/rfc822",
        b"&#x",
        b"<!--",
    ),
]


def is_clean(line: str) -> bool:
    """One line without control characters and halves of characters."""
    return not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in line)


def check(read: Mail) -> None:
    """What holds for every mail."""
    lines = [read.subject, read.message_id or "", *(one.name for one in read.recordings)]
    lines += [one.name + one.address for one in (*read.to, *read.cc)]
    assert all(map(is_clean, lines))
    assert all(
        is_clean(line.replace("\t", "")) or "\u2028" in line or "\u2029" in line for line in read.text.split("\n")
    )
    assert not any("/" in one.name or "\\" in one.name for one in read.recordings)
    assert read.date is None or read.date.tzinfo is not None
    assert not verdict(read, "nobody").passed
    assert command(read).kind


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes(raw: bytes) -> None:
    """Bytes that are no mail at all are read."""
    check(reading.read(raw))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*SPICE, b"Subject: ", b"From: ", b"Date: ", b"To: ", b"a@b", b"x ", b" "]), max_size=60)
)
def test_pieces_of_mails(pieces: list[bytes]) -> None:
    """Pieces of mails in any order are read."""
    check(reading.read(b"".join(pieces)))


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_mutated_mails(data: st.DataObject) -> None:
    """Mails with bytes changed, taken out and put in are read."""
    raw = bytearray(data.draw(st.sampled_from(REAL_LOOKING)))
    for _ in range(data.draw(st.integers(1, 12))):
        start = data.draw(st.integers(0, len(raw)))
        end = start + data.draw(st.sampled_from([0, 0, 1, 2, 40]))
        raw[start:end] = data.draw(st.sampled_from(SPICE) | st.binary(max_size=6))
    check(reading.read(bytes(raw)))
