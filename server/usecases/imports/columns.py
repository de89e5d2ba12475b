"""What the columns of a bulk file are, and a row's cells read by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.errors import Invalid
from server.usecases.imports.tables import Flaw, Row
from server.usecases.imports.values import Reader, clean

Values = dict[str, Any]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read, and what an empty cell means.

    required  it cannot be empty, and cannot be missing where something new is made
    default   the value of an empty cell, and of a missing column where something new is made
    """

    name: str
    read: Reader
    default: Any = ""
    required: bool = False


@dataclass(slots=True)
class Entry:
    """A row whose cells are read: the columns that it has, with references still as they were written."""

    row: int
    key: Key
    given: Values


def read_entry(row: Row, columns: Mapping[str, Column], key: Sequence[str]) -> Entry | Flaw:
    """The row's values by column; a Flaw names the first cell that cannot be read. Unknown columns are left out."""
    given: Values = {}
    for name, raw in row.values.items():
        column = columns.get(name)
        if column is None:
            continue
        text = clean(raw)
        if not text:
            if column.required:
                return Flaw(row.number, Invalid("cell-empty", field=name), name)
            given[name] = column.default
            continue
        try:
            given[name] = column.read(text)
        except Invalid as error:
            return Flaw(row.number, Invalid(error.code, **(error.values | {"field": name, "value": text[:80]})), name)
    missing = next((name for name in key if name not in given), None)
    if missing:
        return Flaw(row.number, Invalid("cell-empty", field=missing), missing)
    return Entry(row.number, tuple(given[name] for name in key), given)
