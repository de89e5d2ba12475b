"""Bulk files of disbursements."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.disbursements import DisbursementRow
from tests.server.usecases.imports.conftest import Import, csv, figures, on_sqlite, refusals

FILE = csv("ref;client;date;amount;currency;kind", "D1;C1;31/12/2026;1 234,56;;prime", "D2;C2;2026-01-15;-12.5;usd;")


def test_disbursements_as_excel_in_quebec_writes_them(database: Database, known: Import) -> None:
    """Day first, a comma for the decimals, the organisation's currency where none is given."""
    assert figures(known("disbursements", FILE)) == (2, 0, 0, 0)
    assert figures(known("disbursements", FILE)) == (0, 0, 2, 0)
    with database.reading() as session:
        first, second = session.scalars(select(DisbursementRow).order_by(DisbursementRow.ref))
    assert (first.date, first.amount, first.currency, first.kind) == (
        date(2026, 12, 31),
        Decimal("1234.56"),
        "CAD",
        "prime",
    )
    assert (second.date, second.amount, second.currency) == (date(2026, 1, 15), Decimal("-12.50"), "USD")


def test_one_that_moves_renews_both_briefs(database: Database, known: Import) -> None:
    """The client that it left shows one less."""
    known("disbursements", csv("ref,client,date,amount", "D1,C1,2026-01-01,10"))
    assert figures(known("disbursements", csv("ref,client", "D1,C2"))) == (0, 1, 0, 0)
    with database.reading() as session:
        assert dict(session.execute(select(ClientRow.ref, ClientRow.version)).all()) == {
            "C1": 2,
            "C2": 1,
        }


@on_sqlite
def test_what_is_no_money_is_told(known: Import) -> None:
    """Amount, date, currency and client, each by its field."""
    outcome = known(
        "disbursements",
        csv(
            "ref,client,date,amount,currency",
            "D1,C1,2026-01-01,ten,",
            "D2,C1,12/31/2026,10,",
            "D3,C1,2026-01-01,10,dollars",
            "D4,C9,2026-01-01,10,",
            "D5,C1,2026-01-01,,",
            "D6,C1,2026-01-01,0.00001,",
        ),
    )
    assert refusals(outcome) == [
        (2, "amount", "not-an-amount"),
        (3, "date", "not-a-date"),
        (4, "currency", "not-a-currency"),
        (5, "client", "client-unknown"),
        (6, "amount", "cell-empty"),
        (7, "amount", "not-an-amount"),
    ]
