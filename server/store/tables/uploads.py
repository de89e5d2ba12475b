"""Uploads that come in pieces, and for a while those that are whole."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Instant, Json, Table


class UploadRow(Table):
    """A recording on its way in.

    committed   bytes that are safe: whatever else the file holds does not count
    generation  counts the requests that wrote to it; only the last one may commit
    held        a request is writing, or died over it
    file        number of the file that holds the committed bytes, 0 before the first one
    said        the Upload-Metadata as they came; `fields` are the same, read
    note_id     set once it is finished, in the transaction that made the note
    """

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    key: Mapped[str | None] = mapped_column(String(255))
    content: Mapped[str] = mapped_column(String(64))
    length: Mapped[int | None] = mapped_column(Id)
    committed: Mapped[int] = mapped_column(Id, default=0)
    generation: Mapped[int] = mapped_column(default=0)
    held: Mapped[bool] = mapped_column(default=False)
    file: Mapped[int] = mapped_column(default=0)
    type: Mapped[str] = mapped_column(String(100))
    fields: Mapped[dict[str, str]] = mapped_column(Json)
    said: Mapped[str] = mapped_column(Text)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "ix_uploads_key",
            "rep_id",
            "key",
            unique=True,
            sqlite_where=sql("key IS NOT NULL"),
            postgresql_where=sql("key IS NOT NULL"),
        ),
        Index(None, "expires_at"),
        Index(
            "ix_uploads_open",
            "device_id",
            "expires_at",
            sqlite_where=sql("note_id IS NULL"),
            postgresql_where=sql("note_id IS NULL"),
        ),
    )
