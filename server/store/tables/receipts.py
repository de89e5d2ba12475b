"""Receipts that are owed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Instant, Table


class ReceiptRow(Table):
    """A note that came by mail, until its sender was told what became of it.

    `in_reply_to` is the Message-ID of that mail.
    """

    __tablename__ = "receipts"

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    in_reply_to: Mapped[str | None] = mapped_column(String(998))
