"""Mail: what came in, what goes out, what was asked and is waiting for an answer, and how far a mailbox was read."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Instant, Json, Table


class MailRow(Table):
    """A mail as it came in. `blob` is the SHA-256 of its raw bytes; `reason` is a code where it was set aside."""

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    received_at: Mapped[datetime] = mapped_column(Instant)
    road: Mapped[str] = mapped_column(String(10))
    sender: Mapped[str] = mapped_column(String(320), default="")
    recipient: Mapped[str] = mapped_column(String(320))
    blob: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int] = mapped_column(Id)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(50))
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    identity: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("blob", "recipient"),
        UniqueConstraint("rep_id", "identity"),
        Index(
            "ix_mails_waiting",
            "received_at",
            sqlite_where=sql("state = 'received'"),
            postgresql_where=sql("state = 'received'"),
        ),
    )


class MailboxRow(Table):
    """How far a mailbox has been read: UIDs up to `last_uid` under this UIDVALIDITY (RFC 9051)."""

    __tablename__ = "mailboxes"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    uid_validity: Mapped[int] = mapped_column(Id)
    last_uid: Mapped[int] = mapped_column(Id)


class OutgoingRow(Table):
    """A mail that goes out, once: `key` says what it is about, and is unique.

    `automatic` replies have a null return path (RFC 3834). It is tried from `due_at` on and no longer than `until`.
    """

    __tablename__ = "outgoing_mails"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[datetime] = mapped_column(Instant)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)
    in_reply_to: Mapped[str | None] = mapped_column(String(998))
    automatic: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(300))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (
        Index(None, "rep_id", "created_at"),
        Index(
            "ix_outgoing_mails_waiting",
            "due_at",
            sqlite_where=sql("state = 'waiting'"),
            postgresql_where=sql("state = 'waiting'"),
        ),
    )


class QuestionRow(Table):
    """A numbered choice that a rep was sent; the answer's In-Reply-To is the uid of the mail that asked."""

    __tablename__ = "questions"

    outgoing_uid: Mapped[str] = mapped_column(ForeignKey("outgoing_mails.uid"), primary_key=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    about: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(100), default="")
    choices: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (Index(None, "rep_id"),)
