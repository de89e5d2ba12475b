"""Receipts: what became of a note that came by mail, told to its sender once."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from server.store import receipts
from server.store.receipts import Owed

__all__ = ["Owed"]

PATIENCE: Final = timedelta(minutes=5)


def owe(session: Session, note_id: int, in_reply_to: str | None, now: datetime) -> None:
    """Have the sender told once the note is done with, as far as they want to be; `in_reply_to` is their mail."""
    receipts.owe(session, note_id, in_reply_to, now)


def settled(session: Session, now: datetime, limit: int) -> list[Owed]:
    """The receipts that can be written now: of a recording when its transcript is there, or after five minutes."""
    return receipts.settled(session, now - PATIENCE, limit)


def give(session: Session, note_id: int) -> bool:
    """Strike a receipt off the list, in the transaction that writes it; False if somebody else has done so."""
    return receipts.give(session, note_id)
