"""Disbursements: money paid out for a client."""

import datetime
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Amount, Id, Table


class DisbursementRow(Table):
    """An exact amount on a date."""

    __tablename__ = "disbursements"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ref: Mapped[str] = mapped_column(String(100), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    date: Mapped[datetime.date] = mapped_column(Date)
    amount: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(String(3), default="CAD")
    kind: Mapped[str] = mapped_column(String(100), default="")

    __table_args__ = (Index(None, "client_id", "date"),)
