"""Bulk files of people, by e-mail address."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.people import Role
from server.domain.policy import Policy
from server.store import clients as stored_clients
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from server.usecases.imports.columns import Column, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, by_name
from server.usecases.imports.values import line, lines, read_address, read_language, read_zone, several
from server.usecases.imports.writing import insert_all, update_all


def reps(policy: Policy) -> Noun:
    """`email,name,language,territory,timezone,role`; territories and roles may be several, separated by `|`."""
    return Noun(
        name="reps",
        key=("email",),
        columns=by_name(
            Column("email", read_address, required=True),
            Column("name", line(200), required=True),
            Column("language", read_language, default=policy.language),
            Column("territory", lines(100), default=frozenset()),
            Column("timezone", read_zone, default=policy.timezone),
            Column("role", several(Role), default=frozenset({Role.REP.value})),
        ),
        there=_there,
        write=_write,
    )


def _there(session: Session, keys: Sequence[Key]) -> dict[Key, Values]:
    rows = session.scalars(select(PersonRow).where(PersonRow.email.in_([email for (email,) in keys])))
    return {
        (row.email,): {
            "id": row.id,
            "email": row.email,
            "name": row.name,
            "language": row.language,
            "territory": frozenset(filter(None, row.territories.split("|"))),
            "timezone": row.timezone,
            "role": frozenset(filter(None, row.roles.split("|"))),
        }
        for row in rows
    }


def _write(desk: Desk, changes: Sequence[Change]) -> None:
    new = [_row(change.after) | {"active": True} for change in changes if change.before is None]
    changed = [_row(change.after) | {"id": change.after["id"]} for change in changes if change.before]
    insert_all(desk.session, PersonRow, new)
    update_all(desk.session, PersonRow, changed)
    renamed = [
        change.after["id"] for change in changes if change.before and change.before["name"] != change.after["name"]
    ]
    _touch_clients_of(desk.session, renamed)


def _row(values: Values) -> Values:
    return {
        "email": values["email"],
        "name": values["name"],
        "language": values["language"],
        "territories": "|".join(sorted(values["territory"])),
        "timezone": values["timezone"],
        "roles": "|".join(sorted(values["role"])),
    }


def _touch_clients_of(session: Session, people: Sequence[int]) -> None:
    # A brief names the account manager, and the author of each note.
    if not people:
        return
    managed = select(ClientRow.id).where(ClientRow.manager_id.in_(people))
    noted = select(NoteRow.client_id).where(NoteRow.rep_id.in_(people), NoteRow.client_id.is_not(None))
    stored_clients.touch(session, session.scalars(managed.union(noted)))
