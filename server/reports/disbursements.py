"""Disbursements by month and currency."""

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import func, select, type_coerce
from sqlalchemy.orm import Session

from server.reports.tables import Period, Report
from server.store.tables.base import Amount
from server.store.tables.disbursements import DisbursementRow

COLUMNS = ("month", "currency", "disbursements", "amount")


def disbursements(session: Session, period: Period) -> Report:
    """One row for each month and currency of the period, with how many there were and their exact sum."""
    query = (
        select(
            DisbursementRow.date,
            DisbursementRow.currency,
            func.count(),
            type_coerce(func.sum(DisbursementRow.amount), Amount()),
        )
        .where(DisbursementRow.date >= period.since.date(), DisbursementRow.date < period.until.date())
        .group_by(DisbursementRow.date, DisbursementRow.currency)
    )
    counts: dict[tuple[str, str], int] = defaultdict(int)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    # Days are put together to months here: the two databases cut dates with functions of different names.
    for date, currency, count, amount in session.execute(query):
        key = (f"{date:%Y-%m}", currency)
        counts[key] += count
        sums[key] += amount
    rows = [(month, currency, counts[month, currency], sums[month, currency]) for month, currency in sorted(counts)]
    return Report("disbursements", COLUMNS, rows, "amount")
