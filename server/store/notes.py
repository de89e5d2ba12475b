"""Notes: queries."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.dml import ReturningInsert

from server.domain.errors import KeyReused
from server.domain.notes import Draft, LinkStatus, NoteState
from server.domain.people import Person
from server.domain.policy import Policy
from server.store.dialects import insert, insert_for
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteKeyRow, NoteRow
from server.store.tables.people import PersonRow
from server.store.visibility import visible_notes


@dataclass(frozen=True, slots=True)
class Added:
    """A note's ids, and whether it is new; its row only then."""

    id: int
    uid: str
    created: bool
    note: NoteRow | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A note's row with the references of what it is linked to and the rep who made it."""

    note: NoteRow
    client: str | None
    client_name: str | None
    client_manager: int | None
    activity: str | None
    rep: str
    rep_name: str


def add(session: Session, rep_id: int, device_id: int | None, draft: Draft, key: str | None = None) -> Added:
    """Write the note, once: the same key or the same fingerprint from the same rep gives the note that is there.

    Raises KeyReused when the key has come before with other content.
    """
    if key and (known := _by_key(session, rep_id, key, draft)):
        return known
    added = _insert(session, rep_id, device_id, draft)
    if not key or _claimed(session, rep_id, key, added.id, draft):
        return added
    # Somebody has used the key since we looked: theirs came first.
    if added.created:
        session.execute(delete(NoteRow).where(NoteRow.id == added.id))
    theirs = _by_key(session, rep_id, key, draft)
    if theirs is None:
        raise KeyReused
    return theirs


def _claimed(session: Session, rep_id: int, key: str, note_id: int, draft: Draft) -> bool:
    row = {"rep_id": rep_id, "key": key, "note_id": note_id, "content": draft.content}
    statement = insert(session, NoteKeyRow).values(row).on_conflict_do_nothing().returning(NoteKeyRow.note_id)
    return session.scalar(statement) is not None


def _by_key(session: Session, rep_id: int, key: str, draft: Draft) -> Added | None:
    known = session.execute(
        select(NoteKeyRow.content, NoteRow.id, NoteRow.uid)
        .join(NoteRow, NoteRow.id == NoteKeyRow.note_id)
        .where(NoteKeyRow.rep_id == rep_id, NoteKeyRow.key == key)
    ).one_or_none()
    if known is None:
        return None
    if known.content != draft.content:
        raise KeyReused
    return Added(known.id, known.uid, created=False)


def _insert(session: Session, rep_id: int, device_id: int | None, draft: Draft) -> Added:
    values = _values(rep_id, device_id, draft)
    fresh = session.connection().execute(_new_note(session.get_bind().dialect.name), values).one_or_none()
    if fresh:
        return Added(fresh.id, values["uid"], created=True, note=NoteRow(id=fresh.id, **values))
    there = session.execute(
        select(NoteRow.id, NoteRow.uid).where(NoteRow.rep_id == rep_id, NoteRow.fingerprint == draft.fingerprint)
    ).one()
    return Added(there.id, there.uid, created=False)


def _values(rep_id: int, device_id: int | None, draft: Draft) -> dict[str, Any]:
    recording = draft.recording
    return {
        "uid": secrets.token_hex(12),
        "ref": draft.ref,
        "rep_id": rep_id,
        "device_id": device_id,
        "kind": draft.kind,
        "state": NoteState.RECEIVED,
        "fingerprint": draft.fingerprint,
        "recorded_at": draft.recorded_at,
        "received_at": draft.received_at,
        "language": draft.language,
        "text": draft.text,
        "said_client": draft.client,
        "said_activity": draft.activity,
        "phone": draft.phone,
        "latitude": draft.latitude,
        "longitude": draft.longitude,
        "blob": recording.sha256 if recording else None,
        "bytes": recording.bytes if recording else None,
        "type": recording.type if recording else None,
        "link_status": LinkStatus.UNLINKED,
        "confidence": 0.0,
        "evidence": [],
        "suggestions": [],
    }


@lru_cache
def _new_note(dialect: str) -> ReturningInsert[Any]:
    # Built once: putting the statement together takes longer than running it.
    statement = insert_for(dialect, NoteRow).on_conflict_do_nothing(index_elements=["rep_id", "fingerprint"])
    return statement.returning(NoteRow.__table__.c.id)


def shown() -> Select[NoteRow, str, str, int | None, str, str, str]:
    """The query behind every display of notes: a row for each, with what it refers to; narrow it further."""
    rep = aliased(PersonRow)
    return (
        select(NoteRow, ClientRow.ref, ClientRow.name, ClientRow.manager_id, ActivityRow.ref, rep.email, rep.name)
        .join(rep, rep.id == NoteRow.rep_id)
        .outerjoin(ClientRow, ClientRow.id == NoteRow.client_id)
        .outerjoin(ActivityRow, ActivityRow.id == NoteRow.activity_id)
    )


def one_visible(session: Session, reader: Person, policy: Policy, uid: str) -> Shown | None:
    """The note, or None when there is none or the reader may not see it."""
    row = session.execute(shown().where(NoteRow.uid == uid, visible_notes(reader, policy))).one_or_none()
    return Shown(*row) if row else None


def waiting(session: Session, before: datetime, limit: int) -> list[str]:
    """The uids of notes that came in before that instant and are still to be processed, oldest first."""
    return list(
        session.scalars(
            select(NoteRow.uid)
            .where(NoteRow.state == NoteState.RECEIVED, NoteRow.received_at < before)
            .order_by(NoteRow.received_at)
            .limit(limit)
        )
    )


def count_waiting(session: Session) -> int:
    """How many notes are still to be processed."""
    query = select(func.count()).select_from(NoteRow).where(NoteRow.state == NoteState.RECEIVED)
    return session.scalar(query) or 0


def arrived(session: Session, *, after: int | None, link: LinkStatus | None, limit: int) -> list[Shown]:
    """Everybody's notes in the order they came in, from the one after that id on: for other systems."""
    query = shown().order_by(NoteRow.id).limit(limit)
    if after is not None:
        query = query.where(NoteRow.id > after)
    if link is not None:
        query = query.where(NoteRow.link_status == link)
    return [Shown(*row) for row in session.execute(query)]
