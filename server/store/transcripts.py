"""Transcripts: queries."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.domain.people import Person
from server.domain.policy import Policy
from server.domain.transcripts import Transcribing
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.visibility import visible_clients


def waiting(session: Session, before: datetime, limit: int) -> list[str]:
    """The uids of notes that came in before that instant and wait for their transcript, the newest first."""
    return list(
        session.scalars(
            select(NoteRow.uid)
            .where(NoteRow.transcribing == Transcribing.DUE, NoteRow.received_at < before)
            .order_by(NoteRow.received_at.desc())
            .limit(limit)
        )
    )


def count_waiting(session: Session) -> int:
    """How many notes wait for their transcript."""
    query = select(func.count()).select_from(NoteRow).where(NoteRow.transcribing == Transcribing.DUE)
    return session.scalar(query) or 0


def likely_clients(session: Session, rep: Person, policy: Policy, limit: int) -> list[str]:
    """References of clients that the rep sees: those of their last notes first, then others of their portfolio."""
    last = (
        select(NoteRow.client_id, func.max(NoteRow.recorded_at).label("last"))
        .where(NoteRow.rep_id == rep.id, NoteRow.client_id.is_not(None))
        .group_by(NoteRow.client_id)
        .order_by(func.max(NoteRow.recorded_at).desc())
        .limit(limit)
        .subquery()
    )
    noted = select(ClientRow.ref).join(last, last.c.client_id == ClientRow.id).order_by(last.c.last.desc())
    refs = list(session.scalars(noted.where(visible_clients(rep, policy))))
    if len(refs) < limit:
        rest = select(ClientRow.ref).where(visible_clients(rep, policy), ClientRow.ref.not_in(refs))
        refs += session.scalars(rest.order_by(ClientRow.id).limit(limit - len(refs)))
    return refs
