"""Many rows at once: the two statements that every noun writes with."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from server.store.tables.base import Table

Rows = Sequence[dict[str, Any]]


def insert_all(session: Session, table: type[Table], rows: Rows) -> None:
    """Insert the rows, which all have the same columns; nothing for none."""
    if rows:
        session.connection().execute(insert(_core(table)), list(rows))


def update_all(session: Session, table: type[Table], rows: Rows) -> None:
    """Write all columns of each row over the one with its `id`; nothing for none.

    They are written in the order of their ids, so that two imports at once wait for each other and never cross.
    """
    if not rows:
        return
    core = _core(table)
    ordered = sorted(rows, key=lambda row: int(row["id"]))
    parameters = [
        {name: value for name, value in row.items() if name != "id"} | {"row_id": row["id"]} for row in ordered
    ]
    session.connection().execute(update(core).where(core.c.id == bindparam("row_id")), parameters)


def _core(table: type[Table]) -> SqlTable:
    return cast(SqlTable, table.__table__)
