"""Values that are not text yet, from JSON and from a workbook's cells, in their one canonical spelling."""

import datetime
from decimal import Decimal
from typing import Any

from server.domain.errors import Invalid


def from_json(value: Any, field: str) -> str:
    """A JSON value as a cell: null is empty, a list of plain values is joined by `|`.

    Numbers arrive as the text they were written in. Raises Invalid for what is nested deeper.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return "|".join(from_json(item, field) for item in value)
    raise Invalid("cell-nested", field=field)


def from_workbook(value: Any) -> str:
    """A workbook's cell as text: dates in ISO 8601, numbers to the fifteen digits that Excel shows."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(format(value, '.15g')):f}"
    if isinstance(value, datetime.datetime):
        # Excel keeps days in binary fractions: a full second may come back a hair before itself.
        return (value + datetime.timedelta(milliseconds=500)).replace(microsecond=0).isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)
