"""Receipts: what became of a note that came by mail, told to its sender once."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.store import receipts
from server.store.receipts import Owed

__all__ = ["Owed"]


def owe(session: Session, note_id: int, in_reply_to: str | None, now: datetime) -> None:
    """Have the sender told once the note is done with, as far as they want to be; `in_reply_to` is their mail."""
    receipts.owe(session, note_id, in_reply_to, now)


def settled(session: Session, limit: int) -> list[Owed]:
    """The receipts that can be written now."""
    return receipts.settled(session, limit)


def give(session: Session, note_id: int) -> bool:
    """Strike a receipt off the list, in the transaction that writes it; False if somebody else has done so."""
    return receipts.give(session, note_id)
