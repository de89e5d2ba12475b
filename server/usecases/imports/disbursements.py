"""Bulk files of disbursements, by reference."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.policy import Policy
from server.store import clients as stored_clients
from server.store.tables.disbursements import DisbursementRow
from server.usecases.imports.columns import Column, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, by_name
from server.usecases.imports.references import client
from server.usecases.imports.values import line, read_amount, read_currency, read_date
from server.usecases.imports.writing import insert_all, update_all

_PLAIN = ("ref", "date", "amount", "currency", "kind")


def disbursements(policy: Policy) -> Noun:
    """`ref,client,date,amount,currency,kind`."""
    return Noun(
        name="disbursements",
        key=("ref",),
        columns=by_name(
            Column("ref", line(100), required=True),
            Column("client", line(100), required=True),
            Column("date", read_date, required=True),
            Column("amount", read_amount, required=True),
            Column("currency", read_currency, default=policy.currency),
            Column("kind", line(100)),
        ),
        references=(client(),),
        there=_there,
        write=_write,
    )


def _there(session: Session, keys: Sequence[Key]) -> dict[Key, Values]:
    table = DisbursementRow.__table__
    columns = [table.c.id, table.c.client_id.label("client"), *(table.c[name] for name in _PLAIN)]
    rows = session.execute(select(*columns).where(table.c.ref.in_([ref for (ref,) in keys]))).mappings()
    return {(row["ref"],): dict(row) for row in rows}


def _write(desk: Desk, changes: Sequence[Change]) -> None:
    new = [_row(change.after) for change in changes if change.before is None]
    changed = [_row(change.after) | {"id": change.after["id"]} for change in changes if change.before]
    insert_all(desk.session, DisbursementRow, new)
    update_all(desk.session, DisbursementRow, changed)
    shown_at = [change.after["client"] for change in changes]
    shown_before = [change.before["client"] for change in changes if change.before]
    stored_clients.touch(desk.session, [*shown_at, *shown_before])


def _row(values: Values) -> Values:
    return {name: values[name] for name in _PLAIN} | {"client_id": values["client"]}
