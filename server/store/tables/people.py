"""People, and the clients that are shared with them."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Table


class PersonRow(Table):
    """Somebody of the company; `roles` and `territories` are kept as `a|b`.

    What they want by mail: `receipt` (`off`, `trouble`, `always`), the brief so many minutes before an activity (0: not
    at all), the digest at an hour of their day. `feed_digest` is the SHA-256 of their calendar feed's secret.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="en")
    timezone: Mapped[str] = mapped_column(String(64), default="America/Toronto")
    roles: Mapped[str] = mapped_column(String(100), default="rep")
    territories: Mapped[str] = mapped_column(String(2000), default="")
    active: Mapped[bool] = mapped_column(default=True)
    receipt: Mapped[str] = mapped_column(String(10), default="trouble", server_default="trouble")
    brief_minutes: Mapped[int] = mapped_column(default=15, server_default="15")
    digest_hour: Mapped[int | None] = mapped_column()
    feed_digest: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (Index(None, "feed_digest", unique=True),)


class ClientShareRow(Table):
    """A client that is shared with somebody besides its account manager."""

    __tablename__ = "client_shares"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "person_id"),)
