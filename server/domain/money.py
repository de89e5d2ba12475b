"""Money: exact decimals with their currency."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from server.domain.errors import Invalid

SCALE = Decimal(10_000)
LARGEST = Decimal(10) ** 13
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount of one currency (ISO 4217)."""

    amount: Decimal
    currency: str


def to_units(amount: Decimal) -> int:
    """The amount in ten-thousandths: what is stored, so that a sum in SQL is exact."""
    return int((amount * SCALE).to_integral_exact())


def from_units(units: int) -> Decimal:
    """The amount that ten-thousandths stand for, with at least two places."""
    amount = (Decimal(units) / SCALE).normalize()
    exponent = amount.as_tuple().exponent
    return amount.quantize(Decimal("0.01")) if not isinstance(exponent, int) or exponent > -2 else amount


def read_amount(text: str, field: str = "amount") -> Decimal:
    """An amount as people and spreadsheets write it: `1234.56`, `1 234,56`, `1,234.56`, `(12,00)`, `12 $`.

    Raises Invalid for what is not a number, has more than four places, or is beyond ten trillion.
    """
    cleaned = re.sub(r"[\s\u00a0\u202f\u2009'’$€£]|CAD|USD|EUR", "", text)
    negative = cleaned.startswith("(") and cleaned.endswith(")")
    cleaned = cleaned.strip("()").replace("\u2212", "-")
    try:
        amount = Decimal(_with_point(cleaned))
    except InvalidOperation as error:
        raise Invalid(field=field, reason="not an amount like 1234.56 or 1 234,56") from error
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -4 or abs(amount) >= LARGEST:
        raise Invalid(field=field, reason="more than four decimals, or too large")
    return -amount if negative else amount


def _with_point(text: str) -> str:
    if "," not in text:
        return text
    if "." in text:  # the later one is the decimal sign
        decimal, grouping = (",", ".") if text.rindex(",") > text.rindex(".") else (".", ",")
        return text.replace(grouping, "").replace(decimal, ".")
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+", text):
        return text.replace(",", "")
    return text.replace(",", ".") if text.count(",") == 1 else text


def read_currency(text: str, field: str = "currency") -> str:
    """An ISO 4217 code in capitals, or Invalid."""
    code = text.strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise Invalid(field=field, reason="not a currency code like CAD")
    return code


def plain(amount: Decimal) -> str:
    """The amount as the wire shows it: an exact decimal string without an exponent."""
    return f"{amount:f}"
