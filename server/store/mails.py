"""Mail in and out: queries."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from server.domain.letters import Letter, MailState, OutgoingState
from server.store.blobs import Kept
from server.store.dialects import insert
from server.store.tables.mails import MailboxRow, MailRow, OutgoingRow, QuestionRow


@dataclass(frozen=True, slots=True)
class Envelope:
    """How a mail came: the road (`smtp`, `lmtp`, `imap`), the return path and the address it was for."""

    road: str
    sender: str
    recipient: str


def receive(session: Session, envelope: Envelope, kept: Kept, now: datetime) -> str | None:
    """The uid of a mail that is new; None for the same bytes to the same recipient again."""
    values = {
        "uid": secrets.token_hex(12),
        "received_at": now,
        "road": envelope.road,
        "sender": envelope.sender[:320],
        "recipient": envelope.recipient[:320],
        "blob": kept.sha256,
        "bytes": kept.bytes,
        "state": MailState.RECEIVED,
    }
    statement = insert(session, MailRow).values(values).on_conflict_do_nothing(index_elements=["blob", "recipient"])
    return session.execute(statement.returning(MailRow.uid)).scalar_one_or_none()


def waiting(session: Session, before: datetime, limit: int) -> list[str]:
    """The uids of mails that came in before that instant and are still to be handled, oldest first."""
    query = select(MailRow.uid).where(MailRow.state == MailState.RECEIVED, MailRow.received_at < before)
    return list(session.scalars(query.order_by(MailRow.received_at).limit(limit)))


def received(session: Session, uid: str) -> MailRow | None:
    """The mail, if it is still to be handled; locked until the transaction ends."""
    query = select(MailRow).where(MailRow.uid == uid, MailRow.state == MailState.RECEIVED).with_for_update()
    return session.scalar(query)


def earlier(session: Session, uid: str, sender: str, recipient: str) -> bool:
    """Whether a mail of this sender, or to a device's address that this is, came before that one and still waits."""
    this = select(MailRow.id).where(MailRow.uid == uid).scalar_subquery()
    same = MailRow.sender == sender if sender else MailRow.recipient == recipient
    query = select(MailRow.id).where(MailRow.state == MailState.RECEIVED, MailRow.id < this, same).limit(1)
    return session.scalar(query) is not None


def repeats(session: Session, rep_id: int, identity: str) -> bool:
    """Whether a mail of this identity from this rep has been handled before."""
    query = select(MailRow.id).where(MailRow.rep_id == rep_id, MailRow.identity == identity)
    return session.scalar(query) is not None


def put_out(session: Session, letter: Letter, now: datetime) -> str | None:
    """The uid of a mail to send; None when one with its key is there already."""
    values: dict[str, Any] = {
        "uid": secrets.token_hex(12),
        "key": letter.key,
        "created_at": now,
        "due_at": letter.due_at or now,
        "until": letter.until or now + timedelta(days=3),
        "rep_id": letter.rep_id,
        "recipient": letter.recipient,
        "subject": letter.subject[:300],
        "text": letter.text,
        "html": letter.html,
        "calendar": letter.calendar,
        "in_reply_to": letter.in_reply_to,
        "automatic": letter.automatic,
        "state": OutgoingState.WAITING,
    }
    statement = insert(session, OutgoingRow).values(values).on_conflict_do_nothing(index_elements=["key"])
    return session.execute(statement.returning(OutgoingRow.uid)).scalar_one_or_none()


def outgoing_waiting(session: Session, before: datetime, limit: int) -> list[str]:
    """The uids of mails that are due to be sent, the longest due first."""
    query = select(OutgoingRow.uid).where(OutgoingRow.state == OutgoingState.WAITING, OutgoingRow.due_at < before)
    return list(session.scalars(query.order_by(OutgoingRow.due_at).limit(limit)))


def written(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys under which there is a mail already, whatever became of it."""
    return set(session.scalars(select(OutgoingRow.key).where(OutgoingRow.key.in_(keys))))


def waiting_under(session: Session, prefix: str) -> dict[str, str]:
    """The keys of the mails that are still to be sent and begin like that, with their uids."""
    query = select(OutgoingRow.key, OutgoingRow.uid).where(OutgoingRow.state == OutgoingState.WAITING)
    rows = session.execute(query.where(OutgoingRow.key.startswith(prefix, autoescape=True)))
    return {row.key: row.uid for row in rows}


def withdraw(session: Session, uid: str) -> None:
    """Take back a mail that nobody has been asked anything in, if it was not sent."""
    session.execute(delete(OutgoingRow).where(OutgoingRow.uid == uid, OutgoingRow.state == OutgoingState.WAITING))


def outgoing(session: Session, uid: str) -> OutgoingRow | None:
    """A mail that goes out, by its uid."""
    return session.scalar(select(OutgoingRow).where(OutgoingRow.uid == uid))


def sent_lately(session: Session, rep_id: int, since: datetime) -> int:
    """How many automatic mails were made for a rep since then."""
    query = select(func.count()).select_from(OutgoingRow)
    where = query.where(OutgoingRow.rep_id == rep_id, OutgoingRow.created_at >= since, OutgoingRow.automatic)
    return session.scalar(where) or 0


def ask(session: Session, uid: str, rep_id: int, about: str, subject: str, choices: Sequence[dict[str, Any]]) -> None:
    """Remember the numbered choices that an outgoing mail asks about."""
    session.add(QuestionRow(outgoing_uid=uid, rep_id=rep_id, about=about, subject=subject, choices=list(choices)))


def open_question(session: Session, rep_id: int, outgoing_uid: str | None) -> QuestionRow | None:
    """The question that a mail of ours asked this rep; without its uid the last one that is open."""
    query = select(QuestionRow).join(OutgoingRow, OutgoingRow.uid == QuestionRow.outgoing_uid)
    query = query.where(QuestionRow.rep_id == rep_id, QuestionRow.answered_at.is_(None))
    if outgoing_uid is not None:
        query = query.where(QuestionRow.outgoing_uid == outgoing_uid)
    return session.scalar(query.order_by(OutgoingRow.id.desc()).limit(1))


def read_up_to(session: Session, name: str) -> tuple[int, int]:
    """The UIDVALIDITY of a mailbox and the last UID that was taken from it; zeros for a new one."""
    row = session.get(MailboxRow, name)
    return (row.uid_validity, row.last_uid) if row else (0, 0)


def mark_read(session: Session, name: str, uid_validity: int, last_uid: int) -> None:
    """Write down how far a mailbox has been read."""
    values = {"name": name, "uid_validity": uid_validity, "last_uid": last_uid}
    statement = insert(session, MailboxRow).values(values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"uid_validity": uid_validity, "last_uid": last_uid}
        )
    )


def finish(session: Session, uid: str, state: MailState, reason: str | None = None) -> None:
    """Say what became of a mail."""
    session.execute(update(MailRow).where(MailRow.uid == uid).values(state=state, reason=reason))
