"""Notes, their links, and the keys under which they came in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Instant, Json, Table


class NoteRow(Table):
    """A note, spoken or written.

    `client_id` and `activity_id` are set only where the link is sure (`linked`, `confirmed`); doubtful ones are in
    `suggestions`. `said_client` and `said_activity` are what the upload itself claimed, by reference.
    """

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    ref: Mapped[str | None] = mapped_column(String(100), unique=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    language: Mapped[str | None] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text, default="")
    transcript: Mapped[str | None] = mapped_column(Text)
    segments: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    transcribing: Mapped[str | None] = mapped_column(String(10))
    transcribing_failures: Mapped[int] = mapped_column(default=0, server_default="0")

    said_client: Mapped[str | None] = mapped_column(String(100))
    said_activity: Mapped[str | None] = mapped_column(String(100))
    phone: Mapped[str | None] = mapped_column(String(50))
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()

    blob: Mapped[str | None] = mapped_column(String(64))
    bytes: Mapped[int | None] = mapped_column(Id)
    type: Mapped[str | None] = mapped_column(String(100))
    seconds: Mapped[float | None] = mapped_column()
    played_seconds: Mapped[float | None] = mapped_column()
    level: Mapped[float | None] = mapped_column()
    peaks: Mapped[list[int] | None] = mapped_column(Json)
    failure: Mapped[str | None] = mapped_column(String(50))
    remark: Mapped[str | None] = mapped_column(String(50))

    link_status: Mapped[str] = mapped_column(String(10), default="unlinked")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    confidence: Mapped[float] = mapped_column(default=0.0)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    suggestions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)

    __table_args__ = (
        UniqueConstraint("rep_id", "fingerprint"),
        Index(None, "client_id", "recorded_at"),
        Index(None, "rep_id", "recorded_at"),
        Index(None, "rep_id", "link_status", "recorded_at"),
        Index(None, "activity_id"),
        Index(None, "blob"),
        Index(
            "ix_notes_waiting",
            "received_at",
            sqlite_where=sql("state = 'received'"),
            postgresql_where=sql("state = 'received'"),
        ),
        Index(
            "ix_notes_untranscribed",
            "received_at",
            sqlite_where=sql("transcribing = 'due'"),
            postgresql_where=sql("transcribing = 'due'"),
        ),
    )


class NoteKeyRow(Table):
    """An Idempotency-Key, the note that it made, and a digest of the content that came with it."""

    __tablename__ = "note_keys"

    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    content: Mapped[str] = mapped_column(String(64))
