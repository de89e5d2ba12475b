"""A report as a value: titled columns and rows, whatever it is shown in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant up to, and not including, another."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Rows under columns; the first column names a row, `charted` is the column that a chart draws."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    charted: str
