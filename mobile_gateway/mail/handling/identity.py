"""Who sent a mail: proved by the secret in an address of ours, or by the domain of its author.

A From alone proves nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from mobile_gateway.mail.handling.signatures import TxtLookup, signed_by
from mobile_gateway.mail.parts import MailParts
from mobile_gateway.mail.reading.authentication import verdict
from server.domain.devices import Signed
from server.domain.mails import Mail
from server.domain.people import Person
from server.usecases import mails
from server.usecases.mails import Received

MOST_SECRETS: Final = 10
DNS_PATIENCE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Proof:
    """The person, and the device where its secret address was written to."""

    person: Person
    device_id: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why nobody is proved to have sent it: `several-authors`, `unknown-sender` or `unproven`."""

    reason: str


def prove(
    parts: MailParts, received: Received, mail: Mail, raw: bytes, look_up: TxtLookup, now: datetime
) -> Proof | Doubt:
    """The sender, by what cannot be forged.

    A key that cannot be looked up is waited for, a day at most: OSError is raised, and the job comes again.
    """
    if mail.from_count > 1:
        return Doubt("several-authors")
    with parts.services.database.reading() as session:
        signed = _by_secret(session, parts, received, mail)
        person = mails.person_by_address(session, mail.sender.address) if mail.sender else None
    if signed is not None:
        return Proof(signed.rep, signed.device_id)
    if person is None or mail.sender is None:
        return Doubt("unknown-sender")
    if _domain_proved(parts, mail, raw, look_up, patient=now - received.received_at < DNS_PATIENCE):
        return Proof(person)
    return Doubt("unproven")


def _by_secret(session: Session, parts: MailParts, received: Received, mail: Mail) -> Signed | None:
    secrets = dict.fromkeys(_secrets(parts, received, mail))
    found = (mails.device_of_address(session, secret) for secret in list(secrets)[:MOST_SECRETS])
    return next(filter(None, found), None)


def _secrets(parts: MailParts, received: Received, mail: Mail) -> Iterator[str]:
    # In a mailbox only the headers still say which address was written to.
    written = (received.recipient, *mail.delivered_to, *(each.address for each in (*mail.to, *mail.cc)))
    for address in written:
        local, _, domain = address.rpartition("@")
        _, plus, secret = local.partition("+")
        if plus and secret and (domain.lower() == parts.domain.lower() or address == received.recipient):
            yield secret


def _domain_proved(parts: MailParts, mail: Mail, raw: bytes, look_up: TxtLookup, *, patient: bool) -> bool:
    if verdict(mail, parts.authserv_id).passed:
        return True
    domain = mail.sender.domain if mail.sender else ""
    try:
        return signed_by(raw, domain, look_up)
    except OSError:
        if patient:
            raise
        return False
