"""Activities: visits, calls and meetings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Instant, Table


class ActivityRow(Table):
    """One rep with one client, from one instant to another."""

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), unique=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[str] = mapped_column(String(20), default="visit")
    subject: Mapped[str] = mapped_column(String(300), default="")
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(20), default="planned")
    result: Mapped[str] = mapped_column(Text, default="")
    calendar_uid: Mapped[str | None] = mapped_column(String(255))
    calendar_sequence: Mapped[int | None] = mapped_column()

    __table_args__ = (
        Index(None, "rep_id", "starts_at"),
        Index(None, "client_id", "starts_at"),
        Index(None, "state", "starts_at"),
        Index(None, "calendar_uid"),
    )
