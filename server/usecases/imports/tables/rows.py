"""A row of a table that somebody sent, before anything in it is believed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.domain.errors import CalepinError, Invalid

ROW_LIMIT = 64 * 1024
COLUMN_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column name, as text. `number` is the one that a person finds in the file."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row that cannot be read, and why; where the rest of the file cannot be read either, it is the last item."""

    number: int
    error: CalepinError
    field: str = ""


Reading = Iterator[Row | Flaw]


def column_name(heading: str) -> str:
    """A heading as columns are named: trimmed, in lower case, with `_` for what separates words."""
    return re.sub(r"[\s-]+", "_", heading.replace("\ufeff", "").strip().casefold())


def column_names(headings: Sequence[str]) -> list[str]:
    """The names behind the headings of a table, empty where a column has none.

    Raises Invalid for more than COLUMN_LIMIT columns, and for a name that comes twice.
    """
    names = [column_name(heading) for heading in headings]
    if max((place for place, name in enumerate(names, 1) if name), default=0) > COLUMN_LIMIT:
        raise Invalid("too-many-columns", limit=COLUMN_LIMIT)
    seen: set[str] = set()
    for name in filter(None, names):
        if name in seen:
            raise Invalid("column-twice", field=name)
        seen.add(name)
    return names


def match(number: int, names: Sequence[str], cells: Sequence[str]) -> Row | Flaw | None:
    """The row behind these cells, or None if all of them are blank.

    Cells missing at the end are empty (spreadsheets leave them out). One too many means that a separator stands
    inside a value without quotes, and that every cell after it is in the wrong column: a Flaw.
    """
    if len(cells) == len(names):
        return Row(number, dict(zip(names, cells, strict=True))) if any(map(str.strip, cells)) else None
    if any(cell.strip() for cell in cells[len(names) :]):
        return Flaw(number, Invalid("row-too-wide", columns=len(names)))
    padded = [*cells, *[""] * (len(names) - len(cells))][: len(names)]
    return Row(number, dict(zip(names, padded, strict=True))) if any(map(str.strip, padded)) else None
