"""What the headers say."""

from datetime import UTC, datetime

import pytest

from mobile_gateway.mail import reading
from server.domain.mails import Address, FaultKind
from tests.mobile_gateway.mail.reading.by_hand import mail


def header(name: bytes, value: bytes) -> bytes:
    """A mail with one header."""
    return name + b": " + value + b"\r\n\r\nbody"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"<a@b>", "a@b"),
        (b"<[x@y]>", "[x@y]"),
        (b"a@b", "a@b"),
        (b"(comment) <a@b> <c@d>", "a@b"),
        (b"<a\r\n b@c>", "ab@c"),
        (b"<a\x00b@c>", "ab@c"),
        (b"", None),
        (b"<>", "<>"),
    ],
)
def test_message_ids_in_any_form(written: bytes, expected: str | None) -> None:
    """A Message-ID is read whatever is in its brackets, and without them."""
    assert expected == reading.read(header(b"Message-ID", written)).message_id


def test_ids_of_the_thread() -> None:
    """In-Reply-To and References give the ids they name."""
    read = reading.read(mail(b"", b"In-Reply-To: <a@b>", b"References: <z@b>\r\n <a@b>"))
    assert (read.in_reply_to, read.references) == ("a@b", ("z@b", "a@b"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"Anne <anne@Corp.Example>", (Address("anne@corp.example", "Anne"),)),
        (b"=?utf-8?q?Ren=C3=A9e?= <r@c.example>", (Address("r@c.example", "Renée"),)),
        ("Renée <r@c.example>".encode("latin-1"), (Address("r@c.example", "Renée"),)),
        (
            b'"Roy, Anne" <a@b.example>, c@d.example (Chris)',
            (Address("a@b.example", "Roy, Anne"), Address("c@d.example", "Chris")),
        ),
        (b"(c):", ()),
        (b"undisclosed-recipients:;", ()),
        (b"Team: a@b, c@d; e@f", (Address("a@b"), Address("c@d"), Address("e@f"))),
        (b"<@relay,@other:a@b>", (Address("a@b"),)),
        (b'"a b"@c.example', (Address('"a b"@c.example'),)),
        (b"a@[IPv6:2001:db8::1]", ()),
        (b"<a@[IPv6:2001:db8::1]>", (Address("a@[ipv6:2001:db8::1]"),)),
        (b"anne@corp.example)evil@bad.example", ()),
        (b"<a@b@c>", ()),
        (b"<a@b\x01c>", ()),
        (b'"unclosed <a@b.example>', (Address("a@b.example", "unclosed"),)),
        (b"((((" * 2000, ()),
    ],
)
def test_address_lists(written: bytes, expected: tuple[Address, ...]) -> None:
    """Address lists are read as they are written in practice; what is no address is left out."""
    assert expected == reading.read(header(b"To", written)).to


@pytest.mark.parametrize(
    ("headers", "count"),
    [
        ([b"From: a@b.example"], 1),
        ([b"From: a@b.example, c@d.example"], 2),
        ([b"From: a@b.example", b"From: c@d.example"], 2),
        ([b"From: <a@b.example> <c@d.example>"], 2),
        ([b"Subject: x"], 0),
        ([b"From: root"], 1),
    ],
)
def test_several_senders_are_counted(headers: list[bytes], count: int) -> None:
    """Several From headers, or several addresses in one, show in the count."""
    assert count == reading.read(b"\r\n".join(headers) + b"\r\n\r\n").from_count


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"=?utf-8?q?Visite?=\r\n =?utf-8?q?_Gagn=C3=A9?=", "Visite Gagné"),
        (b"=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
        (b"=?iso-8859-1?q?a=0D=0ABcc:_x@y?=", "a Bcc: x@y"),
        (b"=?utf-8?q?a=00b=1B?=", "a b"),
        (b"=?utf-8?q?=E9t=E9?=", "été"),
        (b"=?no-such-set?q?=C3=A9t=C3=A9?=", "été"),
        (b"=?utf-8?b?!!!?= rest", "rest"),
        (b"=?iso-8859-1?q?fr\xf6hlich?=", "fröhlich"),
        (b"\xc3\xa9t\xc3\xa9", "été"),
        (b"\xe9t\xe9", "été"),
        (b"C:\\users =?utf-8?q?x?=", "C:\\users x"),
        (b"a\rb\x00c", "a b c"),
        (b"a =?utf-8*fr?q?b?= c", "a b c"),
    ],
)
def test_subjects_are_one_clean_line(written: bytes, expected: str) -> None:
    """A subject is decoded, by the truth where its charset lies, and never holds a line break or control character."""
    assert expected == reading.read(header(b"Subject", written)).subject


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"Tue, 31 Mar 2026 14:05:00 -0400", datetime(2026, 3, 31, 18, 5, tzinfo=UTC)),
        (b"31 Mar 2026 14:05:00 -0000", datetime(2026, 3, 31, 14, 5, tzinfo=UTC)),
        (b"Tue, 31 Mar 2026 14:05:00 EST", datetime(2026, 3, 31, 19, 5, tzinfo=UTC)),
        (b"Tue, 31 Foo 2026", None),
        (b"31 Mar 1902 00:00:00 +0000", None),
        (b"31 Mar 9999 23:59:59 -9999", None),
        (b"99999999999999999999 Mar 2026 00:00:00 +0000", None),
    ],
)
def test_dates(written: bytes, expected: datetime | None) -> None:
    """A Date is aware and believable, or None with a fault."""
    read = reading.read(header(b"Date", written))
    assert expected == read.date
    assert (expected is None) == any(fault.kind is FaultKind.BAD_DATE for fault in read.faults)


def test_where_it_went() -> None:
    """Delivered-To and X-Original-To are kept in order, once each."""
    read = reading.read(mail(b"", b"Delivered-To: a@b", b"X-Original-To: notes+SECRET@c", b"Delivered-To: a@b"))
    assert read.delivered_to == ("a@b", "notes+SECRET@c")


def test_the_way_it_came() -> None:
    """Received headers are counted, and Authentication-Results kept in order as they came."""
    read = reading.read(
        mail(b"", b"Received: x", b"Authentication-Results: a; b", b"Received: y", b"Authentication-Results: c")
    )
    assert (read.received_count, read.authentication_results) == (2, ("a; b", "c"))


def test_a_body_without_an_empty_line() -> None:
    """Headers end at the first line that cannot be one, and nothing of the body is lost."""
    assert reading.read(b"Subject: x\r\nno header here\r\nsecond").text == "no header here\nsecond"


def test_an_envelope_line_of_a_mailbox_file() -> None:
    """“From sender date” before the headers is skipped."""
    assert reading.read(b"From a@b Tue Mar 31\nSubject: x\n\nbody").subject == "x"
