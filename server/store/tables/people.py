"""People, and the clients that are shared with them."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Id, Table


class PersonRow(Table):
    """Somebody of the company; `roles` and `territories` are kept as `a|b`."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="en")
    timezone: Mapped[str] = mapped_column(String(64), default="America/Toronto")
    roles: Mapped[str] = mapped_column(String(100), default="rep")
    territories: Mapped[str] = mapped_column(String(2000), default="")
    active: Mapped[bool] = mapped_column(default=True)


class ClientShareRow(Table):
    """A client that is shared with somebody besides its account manager."""

    __tablename__ = "client_shares"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "person_id"),)
