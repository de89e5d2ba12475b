"""Money: exact, and read as spreadsheets write it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import Invalid
from server.domain.money import from_units, plain, read_amount, read_currency, to_units


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56 $", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234", "1234"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1,234,567", "1234567"),
        ("-12,00", "-12.00"),
        ("\u22125", "-5"),
        ("(12.50)", "-12.50"),
        ("$ 7", "7"),
        ("0", "0"),
    ],
)
def test_amounts_are_read_in_both_languages(written: str, amount: str) -> None:
    """French and English writing, spaces of every width, signs and brackets give the same exact amount."""
    assert read_amount(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["", "abc", "1.2.3", "NaN", "Infinity", "1e400", "0.00001", "99999999999999999"])
def test_what_is_no_amount_is_refused_by_field(written: str) -> None:
    """What cannot be an amount names its field."""
    with pytest.raises(Invalid) as refusal:
        read_amount(written, "amount")
    assert refusal.value.values["field"] == "amount"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_storing_an_amount_loses_nothing(amount: Decimal) -> None:
    """Four places survive storage, and the wire shows at least two."""
    back = from_units(to_units(amount))
    assert back == amount
    assert len(plain(back).partition(".")[2]) >= 2


def test_a_currency_is_three_letters() -> None:
    """A code in any case is taken, anything else refused."""
    assert read_currency(" cad ") == "CAD"
    with pytest.raises(Invalid):
        read_currency("dollars")
