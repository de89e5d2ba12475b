"""A whole mail, from its bytes to a value."""

from mobile_gateway.mail.reading.addresses import read_addresses
from mobile_gateway.mail.reading.automatic import automatic
from mobile_gateway.mail.reading.contents import Contents
from mobile_gateway.mail.reading.encoded_words import decode_words
from mobile_gateway.mail.reading.headers import Headers
from mobile_gateway.mail.reading.identifiers import message_id, message_ids, read_date
from mobile_gateway.mail.reading.limits import HEADER_BYTES, LARGEST, MOST_ADDRESSES, MOST_TRACE, Allowance
from mobile_gateway.mail.reading.own_text import own_text
from mobile_gateway.mail.reading.parts import leaves, whole_mail
from server.domain.mails import Address, FaultKind, Mail, TraceField


def read(raw: bytes) -> Mail:
    """The mail in these bytes, whatever they are. Never raises; what is wrong or left out is in `faults`.

    Time and memory are bounded by the sizes in `limits`, of which 70 MB for the whole is the largest. Of a mail larger
    than that only the headers are read.
    """
    allowance = Allowance()
    too_large = len(raw) > LARGEST
    if too_large:
        allowance.fault(FaultKind.TOO_LARGE)
    whole = whole_mail(raw[:HEADER_BYTES] if too_large else raw, allowance)
    contents = Contents(allowance)
    for part in () if too_large else leaves(whole, allowance):
        contents.take(part)
    return _mail(whole.headers, contents, allowance)


def _mail(headers: Headers, contents: Contents, allowance: Allowance) -> Mail:
    senders = read_addresses(headers.every("from"))
    sender = senders[0] if senders else None
    subject = decode_words(headers.first("subject"))
    text = contents.text
    date = read_date(headers.first("date"))
    if date is None and headers.first("date"):
        allowance.fault(FaultKind.BAD_DATE)
    return Mail(
        message_id=message_id(headers.first("message-id")),
        in_reply_to=message_id(headers.first("in-reply-to")),
        references=message_ids(headers.first("references")),
        sender=sender,
        from_count=max(len(senders), len(headers.every("from"))),
        to=read_addresses(headers.every("to")),
        cc=read_addresses(headers.every("cc")),
        delivered_to=_delivered_to(headers),
        date=date,
        subject=subject,
        text=text,
        own_text=own_text(text),
        recordings=tuple(contents.recordings),
        calendars=tuple(contents.calendars),
        automatic=automatic(headers, subject, sender),
        bounce=contents.bounce,
        trace=_trace(headers),
        faults=allowance.faults,
    )


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    values = headers.every("delivered-to", "x-original-to")[:MOST_ADDRESSES]
    found: tuple[Address, ...] = read_addresses(values)
    return tuple(dict.fromkeys(one.address for one in found))


def _trace(headers: Headers) -> tuple[TraceField, ...]:
    wanted = (one for one in headers.fields if one[0] in ("received", "authentication-results"))
    return tuple(TraceField(name, value) for name, value in list(wanted)[:MOST_TRACE])
