"""Days and amounts that were said."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.promises import promises

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("Ils veulent la soumission avant vendredi.", "avant vendredi", date(2026, 11, 27)),
        ("They want the quote by Friday", "by Friday", date(2026, 11, 27)),
        ("Rappeler mercredi", "mercredi", date(2026, 12, 2)),
        ("Envoyer demain matin", "demain", date(2026, 11, 26)),
        ("livraison après-demain", "après-demain", date(2026, 11, 27)),
        ("payé avant la fin du mois", "avant la fin du mois", date(2026, 11, 30)),
        ("before month end", "before month end", date(2026, 11, 30)),
        ("rappeler dans deux semaines", "dans deux semaines", date(2026, 12, 9)),
        ("call back in 10 days", "in 10 days", date(2026, 12, 5)),
        ("démo le 3 décembre", "le 3 décembre", date(2026, 12, 3)),
        ("delivery by March 15th", "by March 15th", date(2027, 3, 15)),
    ],
)
def test_a_day_is_the_next_one_of_that_name(text: str, said: str, day: date) -> None:
    """Seen from the day on which it was said."""
    (promise,) = promises(text, WEDNESDAY)
    assert (promise.said, promise.day, promise.amount) == (said, day, None)


@pytest.mark.parametrize(
    ("text", "said", "amount"),
    [
        ("un déboursé de vingt mille", "vingt mille", "20000"),
        ("a disbursement of twenty thousand", "twenty thousand", "20000"),
        ("rabais de 1 250,50 $ accordé", "1 250,50 $", "1250.50"),
        ("costs $1,250.50 a month", "$1,250.50", "1250.50"),
        ("deux cent cinquante dollars", "deux cent cinquante dollars", "250"),
        ("one hundred and fifty dollars", "one hundred and fifty dollars", "150"),
        ("budget de 20 k", "20 k", "20000"),
        ("trois millions", "trois millions", "3000000"),
        ("quatre-vingts dollars", "quatre-vingts dollars", "80"),
    ],
)
def test_an_amount_is_a_number_of_money(text: str, said: str, amount: str) -> None:
    """With its currency, or large enough to be nothing else."""
    (promise,) = promises(text, WEDNESDAY)
    assert (promise.said, promise.day, promise.amount) == (said, None, Decimal(amount))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonne visite.",
        "commande de dix caisses",
        "deux palettes",
        "2000 caisses",
        "le 31 février",
        "rue 12",
        "un client",
    ],
)
def test_what_is_not_clear_is_no_promise(text: str) -> None:
    """Numbers of things, and days that do not exist."""
    assert promises(text, WEDNESDAY) == ()


def test_several_come_in_their_order() -> None:
    """As they were said."""
    found = promises("Vingt mille avant la fin du mois, et rappeler lundi.", WEDNESDAY)
    assert [each.said for each in found] == ["Vingt mille", "avant la fin du mois", "lundi"]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Nothing raises, and what was said is in the text."""
    for promise in promises(text, WEDNESDAY):
        assert promise.said
