"""Bulk files of contacts: a person at a client, by both their names."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from server.domain.policy import Policy
from server.store import clients as stored_clients
from server.store.tables.clients import ClientRow
from server.store.tables.contacts import ContactRow
from server.usecases.imports.columns import Column, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, by_name
from server.usecases.imports.references import client
from server.usecases.imports.values import line, read_address
from server.usecases.imports.writing import insert_all, update_all


def contacts(_policy: Policy) -> Noun:
    """`client,name,title,phone,email`."""
    return Noun(
        name="contacts",
        key=("client", "name"),
        columns=by_name(
            Column("client", line(100), required=True),
            Column("name", line(200), required=True),
            Column("title", line(200)),
            Column("phone", line(50)),
            Column("email", read_address),
        ),
        references=(client(),),
        there=_there,
        write=_write,
    )


def _there(session: Session, keys: Sequence[Key]) -> dict[Key, Values]:
    rows = session.execute(
        select(ContactRow, ClientRow.ref)
        .join(ClientRow, ClientRow.id == ContactRow.client_id)
        .where(tuple_(ClientRow.ref, ContactRow.name).in_(keys))
    )
    return {
        (ref, row.name): {
            "id": row.id,
            "client": row.client_id,
            "name": row.name,
            "title": row.title,
            "phone": row.phone,
            "email": row.email,
        }
        for row, ref in rows
    }


def _write(desk: Desk, changes: Sequence[Change]) -> None:
    new = [_row(change.after) for change in changes if change.before is None]
    changed = [_row(change.after) | {"id": change.after["id"]} for change in changes if change.before]
    insert_all(desk.session, ContactRow, new)
    update_all(desk.session, ContactRow, changed)
    stored_clients.touch(desk.session, [change.after["client"] for change in changes])


def _row(values: Values) -> Values:
    return {name: values[name] for name in ("name", "title", "phone", "email")} | {"client_id": values["client"]}
