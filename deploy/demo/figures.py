"""Money paid out for the clients, over the three years up to now."""

from collections.abc import Iterator
from datetime import date, timedelta

from deploy.demo.chance import Row, draws
from deploy.demo.known import KNOWN

YEARS = 3
MONTHLY_CHANCE = {"A": 0.35, "B": 0.12, "C": 0.04}
"""How likely something is paid out for a client of a category in a month."""
LARGEST = {"A": 4000, "B": 1500, "C": 400}
CENTS = ("00", "25", "50", "75", "99")
US_DOLLAR_SHARE = 0.05
KINDS = ("promotion", "échantillons", "commandite", "formation", "présentoir")


def disbursement_rows(clients: list[Row], today: date) -> list[Row]:
    """Return the disbursements as rows of ``disbursements.csv``: exact amounts, mostly in CAD, none after ``today``.

    A known client gets one every month. What was paid out in a month does not depend on ``today``.
    """
    first = _years_before(today)
    return [
        row
        for client in clients
        if client["status"] in ("active", "dormant")
        for year in range(first.year, today.year + 1)
        for row in _of_year(client, year)
        if first.isoformat() < row["date"] <= today.isoformat()
    ]


def _of_year(client: Row, year: int) -> Iterator[Row]:
    random = draws("figures", client["ref"], year)
    chance = 1.0 if client["ref"] <= KNOWN[-1].ref else MONTHLY_CHANCE[client["category"]]
    for month in range(1, 13):
        if random.random() > chance:
            continue
        yield {
            "ref": f"D{year}{month:02}-{client['ref']}", "client": client["ref"],
            "date": date(year, month, random.randint(1, 28)).isoformat(),
            "amount": f"{random.randint(50, LARGEST[client['category']])}.{random.choice(CENTS)}",
            "currency": "USD" if random.random() < US_DOLLAR_SHARE else "CAD", "kind": random.choice(KINDS),
        }  # fmt: skip


def _years_before(today: date) -> date:
    """Return the same day three years ago; for 29 February, that of the day before."""
    day = today - timedelta(days=1) if (today.month, today.day) == (2, 29) else today
    return day.replace(year=day.year - YEARS)
