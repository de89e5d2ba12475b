"""Mail: taken in, handled once, answered with restraint."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from server.domain import credentials
from server.domain.devices import DeviceState, Signed
from server.domain.letters import Letter, MailState, OutgoingState
from server.domain.people import Person
from server.store import audit, devices, jobs, mails, people
from server.store.blobs import Blobs, Incoming, Kept
from server.store.jobs import JobQueue
from server.store.mails import Envelope
from server.store.tables.mails import OutgoingRow

__all__ = ["Blobs", "Envelope", "Incoming", "Kept"]

ANSWERS_AN_HOUR: Final = 30


@dataclass(frozen=True, slots=True)
class Received:
    """A mail that waits to be handled; `blob` is the SHA-256 of its raw bytes in the store."""

    uid: str
    received_at: datetime
    road: str
    sender: str
    recipient: str
    blob: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that is due to be sent."""

    uid: str
    recipient: str
    subject: str
    text: str
    html: str | None
    calendar: str | None
    in_reply_to: str | None
    automatic: bool
    created_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What a rep chose: the question's kind (`link`, `brief`, `invitation`), what it was about, and the choice."""

    about: str
    subject: str
    choice: dict[str, Any]


def take(
    session: Session, queue: JobQueue, blobs: Blobs, envelope: Envelope, incoming: Incoming, kept: Kept, now: datetime
) -> str | None:
    """Keep a mail for good, once: raw bytes, row and job become durable together when the transaction commits.

    The uid of a mail that is new; None for the same bytes to the same recipient, which are there already.
    """
    uid = mails.receive(session, envelope, kept, now)
    if uid is None:
        return None
    queue.put(session, jobs.handle_mail(uid))
    blobs.keep(incoming, kept)
    return uid


def read_up_to(session: Session, name: str) -> tuple[int, int]:
    """The UIDVALIDITY of a mailbox and the last UID that was taken from it; zeros for a new one."""
    return mails.read_up_to(session, name)


def mark_read(session: Session, name: str, uid_validity: int, last_uid: int) -> None:
    """Write down how far a mailbox has been read; `name` has 64 characters at most."""
    mails.mark_read(session, name, uid_validity, last_uid)


def received(session: Session, uid: str) -> Received | None:
    """The mail, if there is anything left to do for it."""
    row = mails.received(session, uid)
    if row is None:
        return None
    return Received(row.uid, row.received_at, row.road, row.sender, row.recipient, row.blob)


def earlier(session: Session, mail: Received) -> bool:
    """Whether something that came before it, from the same sender or to the same address, is still to be handled."""
    return mails.earlier(session, mail.uid, mail.sender, mail.recipient)


def claim(session: Session, uid: str, person: Person, message_id: str | None) -> bool:
    """Say whose mail it is. False for one that has come before by another road: then there is nothing left to do."""
    row = mails.received(session, uid)
    if row is None:
        return False
    identity = hashlib.sha256((message_id or row.blob).encode("utf-8", "surrogatepass")).hexdigest()
    if row.rep_id is None and mails.repeats(session, person.id, identity):
        mails.finish(session, uid, MailState.HANDLED, "repeated")
        return False
    row.rep_id, row.identity = person.id, identity
    return True


def handled(session: Session, uid: str) -> None:
    """All is done."""
    mails.finish(session, uid, MailState.HANDLED)


def set_aside(session: Session, uid: str, reason: str) -> None:
    """Keep it, do nothing with it, and say why."""
    mails.finish(session, uid, MailState.SET_ASIDE, reason)


def device_of_address(session: Session, secret: str) -> Signed | None:
    """The device whose mail address holds this secret (`notes+SECRET@…`), if it is active; however its case was kept.

    The device's own credential will do as well, written as it is: it is known to the device alone, too.
    """
    found = devices.by_mail_secret(session, credentials.digest("mail:" + secret.lower()))
    if found is not None:
        return found
    holder = devices.by_token(session, secret)
    good = holder and holder.state == DeviceState.ACTIVE and holder.signed.rep.active
    return holder.signed if holder and good else None


def new_address(session: Session, device_id: int) -> str:
    """A new secret for a device's mail address, shown this once; the one before is no good any more."""
    secret = credentials.new_code().replace("-", "").lower()
    devices.set_mail_secret(session, device_id, credentials.digest("mail:" + secret))
    return secret


def person_by_address(session: Session, address: str) -> Person | None:
    """The person with this registered address, if they are active."""
    person = people.by_email(session, address)
    return person if person and person.active else None


def send(session: Session, queue: JobQueue, letter: Letter, now: datetime) -> str | None:
    """Have a mail sent, once for its key. None when it was there already, or the rep had enough answers this hour."""
    if letter.automatic and mails.sent_lately(session, letter.rep_id, now - timedelta(hours=1)) >= ANSWERS_AN_HOUR:
        return None
    uid = mails.put_out(session, letter, now)
    if uid is not None and (letter.due_at is None or letter.due_at <= now):
        queue.put(session, jobs.send_mail(uid))
    return uid


def ask(session: Session, uid: str, rep_id: int, about: str, subject: str, choices: Sequence[dict[str, Any]]) -> None:
    """Remember the numbered choices that the mail `uid` asks about."""
    mails.ask(session, uid, rep_id, about, subject, choices)


def answer(session: Session, person: Person, outgoing_uid: str | None, digit: int, now: datetime) -> Answered | None:
    """What the rep chose by a digit, in answer to that mail or to the last open question; None where there is none."""
    question = mails.open_question(session, person.id, outgoing_uid)
    if question is None or not 1 <= digit <= len(question.choices):
        return None
    question.answered_at = now
    return Answered(question.about, question.subject, question.choices[digit - 1])


def due(session: Session, uid: str, now: datetime) -> Outgoing | None:
    """The mail, if it still has to be sent; one whose time is over is given up."""
    row = mails.outgoing(session, uid)
    if row is None or row.state != OutgoingState.WAITING:
        return None
    if row.until < now:
        _fail(session, row, "too late", now)
        return None
    return Outgoing(
        row.uid,
        row.recipient,
        row.subject,
        row.text,
        row.html,
        row.calendar,
        row.in_reply_to,
        row.automatic,
        row.created_at,
        row.until,
    )


def sent(session: Session, uid: str, now: datetime) -> None:
    """The next server has it."""
    row = mails.outgoing(session, uid)
    if row is not None:
        _end(row, OutgoingState.SENT, None)
        row.sent_at = now


def given_up(session: Session, uid: str, reason: str, now: datetime) -> None:
    """It cannot be delivered, and why: for the administrators, in the audit log."""
    row = mails.outgoing(session, uid)
    if row is not None and row.state != OutgoingState.FAILED:
        _fail(session, row, reason, now)


def _fail(session: Session, row: OutgoingRow, reason: str, now: datetime) -> None:
    _end(row, OutgoingState.FAILED, reason[:300])
    audit.record(session, now, "calepin", "mail-failed", about=row.recipient[:254], reason=reason[:300], mail=row.uid)


def _end(row: OutgoingRow, state: OutgoingState, reason: str | None) -> None:
    row.state = state
    row.reason = reason
