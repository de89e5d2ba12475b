"""Receipts that are owed: queries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from server.domain.notes import NoteState
from server.domain.people import Person
from server.domain.transcripts import Transcribing
from server.store.dialects import insert
from server.store.people import to_person
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from server.store.tables.receipts import ReceiptRow


@dataclass(frozen=True, slots=True)
class Owed:
    """A receipt whose note is done with: whose it is, and what they want to be told of."""

    note_id: int
    note_uid: str
    person: Person
    wanted: str
    asked_at: datetime
    in_reply_to: str | None


def owe(session: Session, note_id: int, in_reply_to: str | None, now: datetime) -> None:
    """Write down that a note's sender will be told; once for a note."""
    values = {"note_id": note_id, "asked_at": now, "in_reply_to": in_reply_to}
    session.execute(insert(session, ReceiptRow).values(values).on_conflict_do_nothing(index_elements=["note_id"]))


def settled(session: Session, asked_before: datetime, limit: int) -> list[Owed]:
    """The receipts whose notes have been processed, or have failed; the first that came first.

    What is still to be written down may tell whose note it is, and is waited for unless it was asked for too long ago.
    """
    heard = or_(NoteRow.transcribing.is_(None), NoteRow.transcribing != Transcribing.DUE)
    query = (
        select(ReceiptRow, NoteRow.uid, PersonRow)
        .join(NoteRow, NoteRow.id == ReceiptRow.note_id)
        .join(PersonRow, PersonRow.id == NoteRow.rep_id)
        .where(NoteRow.state != NoteState.RECEIVED, or_(heard, ReceiptRow.asked_at < asked_before))
        .order_by(ReceiptRow.note_id)
        .limit(limit)
    )
    return [
        Owed(row.note_id, uid, to_person(person), person.receipt, row.asked_at, row.in_reply_to)
        for row, uid, person in session.execute(query)
    ]


def give(session: Session, note_id: int) -> bool:
    """Strike a receipt off the list; False if somebody else has done so meanwhile."""
    gone = session.execute(delete(ReceiptRow).where(ReceiptRow.note_id == note_id).returning(ReceiptRow.note_id))
    return gone.one_or_none() is not None
