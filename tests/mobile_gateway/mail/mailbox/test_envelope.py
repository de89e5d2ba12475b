"""Who a mail in a mailbox came from and was for."""

import pytest

from mobile_gateway.mail.mailbox.envelope import envelope_of

OURS = "notes@notes.test"


@pytest.mark.parametrize(
    ("headers", "sender", "recipient"),
    [
        (b"Subject: none\r\n", "", OURS),
        (b"Return-Path: <annie@example.com>\r\n", "annie@example.com", OURS),
        (b"Return-Path: <>\r\nReturn-Path: <forged@example.com>\r\n", "", OURS),
        (b"return-path: annie@example.com\n", "annie@example.com", OURS),
        (b"Delivered-To: Notes+K7Q2@Notes.TEST\r\n", "", "notes+K7Q2@notes.test"),
        (b"Delivered-To: box@isp.example\r\nX-Original-To: brief@notes.test\r\n", "", "brief@notes.test"),
        (b"Delivered-To: notes@notes.test\r\nX-Original-To: notes+k7q2@notes.test\r\n", "", "notes+k7q2@notes.test"),
        (b"Delivered-To: notes+k7q2@evil.test\r\n", "", OURS),
        (b"Return-Path: <a\x00\xffb@example.com>\r\n", "a\ufffdb@example.com", OURS),
        (b"X: \r\n\r\nReturn-Path: <body@example.com>\r\nDelivered-To: body@notes.test\r\n", "", OURS),
    ],
)
def test_trace_headers_say_it(headers: bytes, sender: str, recipient: str) -> None:
    """The uppermost Return-Path; the address of our domain it was delivered to; nothing from the text."""
    envelope = envelope_of(headers + b"\r\nText\r\n", "notes.test", OURS)
    assert (envelope.road, envelope.sender, envelope.recipient) == ("imap", sender, recipient)


def test_a_long_header_takes_no_time() -> None:
    """A megabyte of one header is looked at once."""
    assert envelope_of(b"Return-Path: " + b"<" * 1_000_000, "notes.test", OURS).sender == ""
    assert envelope_of(b"Return-Path: " + b" a" * 500_000, "notes.test", OURS).sender == ""
