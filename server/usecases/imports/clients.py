"""Bulk files of clients, by the reference that the central system gives them."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.domain.policy import Policy
from server.store import clients as stored_clients
from server.store.tables.clients import ClientAliasRow, ClientRow
from server.store.tables.people import ClientShareRow
from server.usecases.imports.columns import Column, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, by_name
from server.usecases.imports.references import person
from server.usecases.imports.values import line, lines, read_address, read_addresses
from server.usecases.imports.writing import insert_all, update_all

_PLAIN = ("ref", "name", "category", "status", "territory", "city", "contact", "phone", "segment", "potential")


def clients(_policy: Policy) -> Noun:
    """`ref,name,alias,category,status,territory,manager,city,contact,phone,segment,potential`, and `shared_with`.

    Aliases, and the addresses of those it is shared with, may be several, separated by `|`: they replace what was.
    """
    return Noun(
        name="clients",
        key=("ref",),
        columns=by_name(
            Column("ref", line(100), required=True),
            Column("name", line(200), required=True),
            Column("alias", lines(200), default=frozenset()),
            Column("category", line(100)),
            Column("status", line(50), default="active"),
            Column("territory", line(100)),
            Column("manager", read_address, default=None),
            Column("city", line(100)),
            Column("contact", line(200)),
            Column("phone", line(50)),
            Column("segment", line(100)),
            Column("potential", line(100)),
            Column("shared_with", read_addresses, default=frozenset()),
        ),
        references=(person("manager"), person("shared_with")),
        there=_there,
        write=_write,
    )


def _there(session: Session, keys: Sequence[Key]) -> dict[Key, Values]:
    table = ClientRow.__table__
    columns = [table.c.id, table.c.manager_id.label("manager"), *(table.c[name] for name in _PLAIN)]
    found = session.execute(select(*columns).where(table.c.ref.in_([ref for (ref,) in keys]))).mappings().all()
    ids = [row["id"] for row in found]
    aliases: dict[int, set[str]] = {id_: set() for id_ in ids}
    shares: dict[int, set[int]] = {id_: set() for id_ in ids}
    if ids:
        alias_rows = select(ClientAliasRow.client_id, ClientAliasRow.alias).where(ClientAliasRow.client_id.in_(ids))
        for client_id, alias in session.execute(alias_rows):
            aliases[client_id].add(alias)
        share_rows = select(ClientShareRow.client_id, ClientShareRow.person_id).where(ClientShareRow.client_id.in_(ids))
        for client_id, person_id in session.execute(share_rows):
            shares[client_id].add(person_id)
    return {
        (row["ref"],): dict(row) | {"alias": frozenset(aliases[row["id"]]), "shared_with": frozenset(shares[row["id"]])}
        for row in found
    }


def _write(desk: Desk, changes: Sequence[Change]) -> None:
    session = desk.session
    new = [change.after for change in changes if change.before is None]
    changed = [change.after for change in changes if change.before is not None]
    insert_all(session, ClientRow, [_row(desk, values) | {"version": 0} for values in new])
    update_all(session, ClientRow, [_row(desk, values) | {"id": values["id"]} for values in changed])
    listed = [values for values in new if values["alias"] or values["shared_with"]]
    ids = stored_clients.ids_by_ref(session, [values["ref"] for values in listed]) if listed else {}
    for values in listed:
        values["id"] = ids[values["ref"]]
    _forget_lists(session, [values["id"] for values in changed])
    _write_lists(session, [*listed, *changed])
    stored_clients.touch(session, [values["id"] for values in changed])


def _row(desk: Desk, values: Values) -> Values:
    return {name: values[name] for name in _PLAIN} | {"manager_id": values["manager"], "updated_at": desk.now}


def _forget_lists(session: Session, ids: Sequence[int]) -> None:
    if ids:
        session.execute(delete(ClientAliasRow).where(ClientAliasRow.client_id.in_(ids)))
        session.execute(delete(ClientShareRow).where(ClientShareRow.client_id.in_(ids)))


def _write_lists(session: Session, clients_: Sequence[Values]) -> None:
    aliases = [{"client_id": one["id"], "alias": alias} for one in clients_ for alias in one["alias"]]
    shares = [{"client_id": one["id"], "person_id": person_id} for one in clients_ for person_id in one["shared_with"]]
    insert_all(session, ClientAliasRow, aliases)
    insert_all(session, ClientShareRow, shares)
