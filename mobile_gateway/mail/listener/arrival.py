"""A mail that has come whole, made durable before it is acknowledged."""

from contextlib import ExitStack
from dataclasses import dataclass

from mobile_gateway.mail import keeping
from mobile_gateway.mail.listener import replies
from mobile_gateway.mail.listener.address import Road
from mobile_gateway.mail.parts import MailParts
from server.usecases.mails import Envelope, Incoming, Kept


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail in its temporary file; `holding` closes that when the mail has been dealt with."""

    road: Road
    sender: str
    recipients: list[str]
    incoming: Incoming
    holding: ExitStack


def keep(parts: MailParts, arrival: Arrival) -> list[str]:
    """Make it durable for each recipient; the replies, in the recipients' order. Raises nothing."""
    with arrival.holding:
        try:
            kept = arrival.incoming.sync()
        except OSError as error:
            return [replies.trouble(error)] * len(arrival.recipients)
        return [_keep_for(parts, arrival, recipient, kept) for recipient in arrival.recipients]


def _keep_for(parts: MailParts, arrival: Arrival, recipient: str, kept: Kept) -> str:
    envelope = Envelope(arrival.road, arrival.sender, recipient)
    try:
        keeping.keep(parts, envelope, arrival.incoming, kept)
    except Exception as error:
        return replies.trouble(error)
    return replies.KEPT
