"""Mails that are too much: bounded work, and what was left out is said."""

import base64

import pytest

from mobile_gateway.mail import reading
from mobile_gateway.mail.reading import limits
from mobile_gateway.mail.reading.addresses import read_addresses
from mobile_gateway.mail.reading.contents import Contents
from mobile_gateway.mail.reading.parts import leaves, whole_mail
from server.domain.mails import Address, Fault, FaultKind
from tests.mobile_gateway.mail.reading.by_hand import HEADERS, SOUND, attachment, mail, multipart, text


def kinds(faults: tuple[Fault, ...]) -> set[FaultKind]:
    """What was wrong."""
    return {fault.kind for fault in faults}


def test_a_header_of_a_megabyte() -> None:
    """A header of 1 MB is cut and named, and the others are read as if it were not there."""
    read = reading.read(mail(b"body", b"X-Long: " + b"x" * 1024 * 1024))
    assert (read.sender and read.sender.address, read.subject, read.text) == ("anne@corp.example", "Visite", "body")
    assert Fault(FaultKind.HEADER_TOO_LONG, "x-long") in read.faults


@pytest.mark.parametrize("line", [b" \r\n", b" x\n", b"\t\n"])
def test_a_megabyte_of_continuation_lines(line: bytes) -> None:
    """A header of very many lines is one header."""
    read = reading.read(b"X: y\r\n" + line * (1024 * 1024 // len(line)) + b"Subject: x\r\n\r\nbody")
    assert (read.subject, read.text) == ("x", "body")


def test_headers_without_end() -> None:
    """Of headers beyond the limit nothing is taken for the body."""
    read = reading.read(HEADERS + b"X: y\r\n" * 1_000_000)
    assert (FaultKind.HEADERS_TOO_LONG in kinds(read.faults), "Visite", "") == (True, read.subject, read.text)


def test_more_headers_than_anyone_needs() -> None:
    """After the last header that is read the body is found all the same."""
    read = reading.read(HEADERS + b"X: y\r\n" * (limits.MOST_FIELDS + 10) + b"\r\nbody")
    assert ({FaultKind.HEADERS_TOO_LONG}, "body") == (kinds(read.faults), read.text)


@pytest.mark.parametrize(
    "nested",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1_000)),
        b"Content-Type: message/rfc822\n\n" * 1_000,
    ],
)
def test_a_thousand_nested_parts(nested: bytes) -> None:
    """Parts within parts are opened to a limited depth."""
    read = reading.read(HEADERS + nested + b"Content-Type: audio/amr\n\n" + SOUND)
    assert ({FaultKind.TOO_DEEP}, ()) == (kinds(read.faults), read.recordings)


def test_ten_thousand_attachments() -> None:
    """The first recordings are read, and that there were more is said."""
    read = reading.read(HEADERS + multipart(*[attachment()] * 10_000))
    assert len(read.recordings) == limits.MOST_RECORDINGS
    assert {FaultKind.TOO_MANY_RECORDINGS, FaultKind.TOO_MANY_PARTS} == kinds(read.faults)


def test_a_hundred_megabytes() -> None:
    """Of a mail that is too large only the headers are read."""
    read = reading.read(mail(b"x" * 100 * 1024 * 1024))
    assert ({FaultKind.TOO_LARGE}, "Visite", "") == (kinds(read.faults), read.subject, read.text)


def test_lines_that_look_like_delimiters() -> None:
    """Only so many lines are looked at as possible delimiters."""
    read = reading.read(HEADERS + multipart(text("--\n" * (limits.MOST_DELIMITER_LINES + 5)), attachment()))
    assert (FaultKind.TOO_MANY_PARTS in kinds(read.faults), ()) == (True, read.recordings)


def test_a_text_without_end() -> None:
    """A text is cut at a line's end, so that its charset is still recognised."""
    read = reading.read(mail("é à\n".encode() * limits.TEXT_BYTES))
    assert len(read.text.encode()) <= limits.TEXT_BYTES
    assert {"é à"} == set(read.text.split("\n"))
    assert {FaultKind.TEXT_TOO_LONG} == kinds(read.faults)


def test_what_decoding_may_give() -> None:
    """A recording beyond the bytes that may be decoded is left out, and named."""
    allowance = limits.Allowance(decoded=600)
    contents = Contents(allowance)
    for part in leaves(whole_mail(HEADERS + multipart(attachment(), attachment(b"b.amr")), allowance), allowance):
        contents.take(part)
    assert [recording.name for recording in contents.recordings] == ["a.amr"]
    assert allowance.faults == (Fault(FaultKind.TOO_MUCH_DECODED, "b.amr"),)


def test_forwards_that_are_encoded_in_one_another() -> None:
    """A forwarded mail in base64 is opened as often as the depth allows."""
    inner = HEADERS + multipart(attachment())
    for _ in range(3):
        inner = (
            HEADERS
            + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(inner)
        )
    assert [recording.data for recording in reading.read(inner).recordings] == [SOUND]


def test_many_addresses() -> None:
    """Of very many recipients the first hundred are read."""
    read = reading.read(mail(b"", b"Cc: " + b", ".join(b"a%d@b.example" % n for n in range(5_000))))
    assert len(read.cc) == limits.MOST_ADDRESSES


def test_headers_full_of_no_addresses_are_read_only_in_part() -> None:
    """What stands beyond the bytes that are looked at is not found."""
    junk = "x " * (limits.FIELD_BYTES // 2)
    assert read_addresses([junk, "a@b"]) == ()
    assert (Address("a@b"),) == read_addresses([junk[: len(junk) // 2] + ",", "a@b"])


def test_begins_without_ends() -> None:
    """Only so many lines are looked at as the beginning of a uuencoded file."""
    read = reading.read(mail(b"begin x\n" * 5_000 + b"begin 644 a.amr\n#86)C\n`\nend\n"))
    assert read.recordings == ()
