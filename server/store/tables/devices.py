"""Devices, the invitations that enrol them, and the wrong codes of a place."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Instant, Table


class DeviceRow(Table):
    """One handheld of one rep. Of its token, and of the secret in its mail address, only the SHA-256 is kept."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(100))
    platform: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[str] = mapped_column(String(20), default="active")
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    mail_digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    last_address: Mapped[str] = mapped_column(String(64), default="")

    __table_args__ = (Index(None, "rep_id"), Index(None, "mail_digest", unique=True))


class InvitationRow(Table):
    """A one-time code, kept as its SHA-256."""

    __tablename__ = "invitations"

    code_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))


class WrongCodeRow(Table):
    """How many wrong codes one place has sent since `since`."""

    __tablename__ = "wrong_codes"

    place: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    count: Mapped[int] = mapped_column(default=0)
