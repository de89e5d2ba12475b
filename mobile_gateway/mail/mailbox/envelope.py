"""Who a mail in a mailbox came from and was for, by the trace headers of the server that delivered it."""

import re
from typing import Final

from mobile_gateway.mail.listener.admission import canonical
from server.usecases.mails import Envelope

ROAD: Final = "imap"
HEADERS: Final = 128 * 1024  # how far into a mail is looked

_RETURN_PATH: Final = re.compile(rb"^Return-Path:[ \t]*<?([^<>\s]*)>?[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_DELIVERED_TO: Final = re.compile(
    rb"^(?:Delivered-To|X-Original-To|Envelope-To):[ \t]*<?([^<>\s]+@[^<>\s]+)>?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_END_OF_HEADERS: Final = re.compile(rb"\r?\n\r?\n")


def envelope_of(beginning: bytes, domain: str, mailbox: str) -> Envelope:
    """The envelope of a mail that begins like this.

    The sender is the uppermost Return-Path (RFC 5321 §4.4), else empty. The recipient is the address of our domain
    that it was delivered to, a device's secret address before others, else the mailbox's own.
    """
    head = _END_OF_HEADERS.split(beginning[:HEADERS], maxsplit=1)[0]
    path = _RETURN_PATH.search(head)
    delivered = (canonical(_decoded(match)) for match in _DELIVERED_TO.findall(head))
    ours = [address for address in delivered if address.rpartition("@")[2] == domain.lower()]
    recipient = next((address for address in ours if "+" in address.rpartition("@")[0]), ours[0] if ours else mailbox)
    return Envelope(ROAD, _decoded(path[1]) if path else "", recipient)


def _decoded(address: bytes) -> str:
    return "".join(mark for mark in address.decode("utf-8", "replace") if mark.isprintable())
