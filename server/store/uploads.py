"""Uploads: queries."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from server.domain.uploads import Upload
from server.store.dialects import insert_for
from server.store.tables.notes import NoteRow
from server.store.tables.uploads import UploadRow


@lru_cache
def _new(dialect: str) -> ReturningInsert[Any]:
    return insert_for(dialect, UploadRow).on_conflict_do_nothing().returning(UploadRow.__table__.c.id)


def add(session: Session, values: Mapping[str, Any]) -> bool:
    """Write a new upload; False if one with its key was there before."""
    statement = _new(session.get_bind().dialect.name)
    return session.connection().execute(statement, dict(values)).one_or_none() is not None


def _told() -> Select[str, int, int | None, datetime, str, str, str]:
    return select(
        UploadRow.uid,
        UploadRow.committed,
        UploadRow.length,
        UploadRow.expires_at,
        UploadRow.said,
        UploadRow.content,
        NoteRow.uid.label("note"),
    ).outerjoin(NoteRow, NoteRow.id == UploadRow.note_id)


def _upload(row: Row[str, int, int | None, datetime, str, str, str]) -> Upload:
    return Upload(row.uid, row.committed, row.length, row.expires_at, row.note, row.said)


def one(session: Session, rep_id: int, uid: str, now: datetime) -> Upload | None:
    """The rep's upload with this id, unless its time is over."""
    query = _told().where(UploadRow.uid == uid, UploadRow.rep_id == rep_id, UploadRow.expires_at > now)
    row = session.execute(query).one_or_none()
    return _upload(row) if row else None


def by_key(session: Session, rep_id: int, key: str) -> tuple[Upload, str] | None:
    """The rep's upload with this key, and a digest of what it was created with."""
    row = session.execute(_told().where(UploadRow.rep_id == rep_id, UploadRow.key == key)).one_or_none()
    return (_upload(row), row.content) if row else None


def count_open(session: Session, device_id: int, now: datetime) -> int:
    """How many unfinished uploads a device has."""
    query = select(func.count()).select_from(UploadRow)
    mine = (UploadRow.device_id == device_id, UploadRow.note_id.is_(None), UploadRow.expires_at > now)
    return session.scalar(query.where(*mine)) or 0


def locked(session: Session, rep_id: int, uid: str) -> UploadRow | None:
    """The row of the rep's upload, which nobody else can change until the transaction ends."""
    query = select(UploadRow).where(UploadRow.uid == uid, UploadRow.rep_id == rep_id)
    return session.scalar(query.with_for_update())


def note_of(session: Session, row: UploadRow) -> str | None:
    """The id of the note that the upload has become."""
    return session.scalar(select(NoteRow.uid).where(NoteRow.id == row.note_id)) if row.note_id else None


def change(session: Session, uid: str, generation: int, values: Mapping[str, Any]) -> bool:
    """Change an unfinished upload if that request is still the last one that wrote to it; False if it is not."""
    statement = update(UploadRow).where(*_last_writer(uid, generation)).values(dict(values)).returning(UploadRow.id)
    return session.execute(statement).one_or_none() is not None


def drop(session: Session, uid: str, generation: int) -> bool:
    """Remove an unfinished upload on the same condition."""
    statement = delete(UploadRow).where(*_last_writer(uid, generation)).returning(UploadRow.id)
    return session.execute(statement).one_or_none() is not None


def _last_writer(uid: str, generation: int) -> tuple[ColumnElement[bool], ...]:
    return (UploadRow.uid == uid, UploadRow.generation == generation, UploadRow.note_id.is_(None))


def drop_expired(session: Session, now: datetime, limit: int) -> list[str]:
    """Remove uploads whose time is over; their ids."""
    old = select(UploadRow.id).where(UploadRow.expires_at <= now).order_by(UploadRow.expires_at).limit(limit)
    statement = delete(UploadRow).where(UploadRow.id.in_(old.scalar_subquery()), UploadRow.expires_at <= now)
    return list(session.scalars(statement.returning(UploadRow.uid)))


def files_in_use(session: Session, uids: Collection[str]) -> set[tuple[str, int]]:
    """The id and number of each file that belongs to one of these uploads: what is safe, and what is being written."""
    columns = (UploadRow.uid, UploadRow.file, UploadRow.generation, UploadRow.held)
    rows = session.execute(select(*columns).where(UploadRow.uid.in_(uids), UploadRow.note_id.is_(None)))
    used: set[tuple[str, int]] = set()
    for uid, file, generation, held in rows:
        used.add((uid, file))
        if held:
            used.add((uid, generation))
    return used
