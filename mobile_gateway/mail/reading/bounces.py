"""Delivery status notifications (RFC 3464)."""

from typing import Final

from mobile_gateway.mail.reading.automatic import LOOP_HEADER
from mobile_gateway.mail.reading.charsets import one_line
from mobile_gateway.mail.reading.headers import Headers, read_headers
from mobile_gateway.mail.reading.identifiers import message_id
from mobile_gateway.mail.reading.limits import MOST_ADDRESSES, Allowance
from mobile_gateway.mail.reading.parts import Part
from mobile_gateway.mail.reading.transfer import decode_text
from server.domain.mails import Bounce

STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
RETURNED_HEADERS: Final = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})
_LONGEST: Final = 64 * 1024


def read_status(part: Part, allowance: Allowance) -> Bounce:
    """The recipients of all blocks of a status part, with the first action and status."""
    body = decode_text(part.body(_LONGEST), part.encoding)
    fields: list[tuple[str, str]] = []
    position = 0
    while position < len(body):
        block, following = read_headers(body, position, len(body), allowance)
        fields += block.fields
        if following == position:
            break
        position = following
    return _bounce(Headers(tuple(fields)))


def returned_headers(part: Part, allowance: Allowance) -> Headers:
    """The headers of the mail that came back, where only they did."""
    body = decode_text(part.body(_LONGEST), part.encoding)
    return read_headers(body, 0, len(body), allowance)[0]


def with_original(bounce: Bounce, original: Headers) -> Bounce:
    """The bounce with the Message-ID and the loop mark of the mail that came back."""
    loop = one_line(original.first(LOOP_HEADER), 200)
    found = message_id(original.first("message-id"))
    return Bounce(bounce.recipients, bounce.action, bounce.status, found, loop)


def _bounce(status: Headers) -> Bounce:
    named = status.every("original-recipient") or status.every("final-recipient")
    # "rfc822; somebody@example.org"
    addresses = (one_line(value.partition(";")[2] or value, 320) for value in named[:MOST_ADDRESSES])
    return Bounce(
        recipients=tuple(dict.fromkeys(filter(None, addresses))),
        action=one_line(status.first("action"), 40).lower(),
        status=one_line(status.first("status"), 40),
    )
