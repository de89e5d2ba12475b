"""The job: handle one mail. It may be repeated without harm, and ends for every mail."""

import logging
from pathlib import Path
from threading import BoundedSemaphore
from traceback import extract_tb
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from mobile_gateway.mail.handling import bounces, identity, wishes
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.identity import Doubt
from mobile_gateway.mail.handling.signatures import TxtLookup, dns
from mobile_gateway.mail.parts import MailParts
from mobile_gateway.mail.reading import read
from server.domain.mails import Mail
from server.usecases import mails
from server.usecases.mails import Received

LARGE: Final = 4 * 1024 * 1024  # bytes; reading a mail takes a few times its size of memory

logger = logging.getLogger(__name__)
_one_large = BoundedSemaphore()


def handle_mail(parts: MailParts, uid: str, look_up: TxtLookup = dns) -> None:
    """Do what a mail wants, if that is still to be done: notes, activities and answers are made once.

    A mail that cannot be handled because of what it is, is set aside with its reason and stops nobody. Where the
    machine is at fault (OSError, no database, no DNS) the error is raised and the mail stays, to be tried again.
    """
    try:
        try:
            _handle(parts, uid, look_up)
        except IntegrityError:
            # Another worker wrote the same at the same time: what it wrote is seen now.
            _handle(parts, uid, look_up)
    except (OSError, OperationalError):
        raise
    except Exception as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        # The place and never the message: it may quote the mail.
        frame = extract_tb(error.__traceback__)[-1]
        logger.error("mail %s: %s at %s:%d", uid, type(error).__name__, Path(frame.filename).name, frame.lineno)
        _set_aside(parts, uid, f"fault: {type(error).__name__}")


def _handle(parts: MailParts, uid: str, look_up: TxtLookup) -> None:
    with parts.services.database.reading() as session:
        received = mails.received(session, uid)
    if received is None:
        return
    path = parts.services.blobs.original(received.blob)
    if path.stat().st_size <= LARGE:
        _handle_received(parts, received, look_up)
        return
    with _one_large:
        _handle_received(parts, received, look_up)


def _handle_received(parts: MailParts, received: Received, look_up: TxtLookup) -> None:
    raw = parts.services.blobs.original(received.blob).read_bytes()
    mail = read(raw)
    if bounces.is_report(mail):
        bounces.note(parts, received, mail)
        return
    if _ours(parts, mail):
        _set_aside(parts, received.uid, "own-mail")
        return
    now = parts.services.clock()
    proof = identity.prove(parts, received, mail, raw, look_up, now)
    if isinstance(proof, Doubt):
        # Never an answer: it would go to whoever is named in a forged From.
        _set_aside(parts, received.uid, proof.reason)
        return
    wishes.fulfil(Case(parts, received, mail, proof.person, proof.device_id, now))


def _ours(parts: MailParts, mail: Mail) -> bool:
    if mail.automatic.loop:
        return True
    local, _, domain = mail.sender.address.lower().rpartition("@") if mail.sender else ("", "", "")
    return domain == parts.domain.lower() and local.partition("+")[0] == parts.address.partition("@")[0]


def _set_aside(parts: MailParts, uid: str, reason: str) -> None:
    with parts.services.database.transaction() as session:
        mails.set_aside(session, uid, reason[:50])
    logger.info("mail %s: %s", uid, reason)
