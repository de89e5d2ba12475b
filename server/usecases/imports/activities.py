"""Bulk files of activities, by reference. The closing rule holds here as everywhere."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.activities import Activity, Kind, State, check_completion
from server.domain.errors import Invalid, NoteRequired
from server.domain.policy import Policy
from server.store import clients as stored_clients
from server.store.tables.activities import ActivityRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from server.usecases.imports.columns import Column, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, by_name
from server.usecases.imports.references import client, rep
from server.usecases.imports.results import keep_results
from server.usecases.imports.values import choice, in_zone, line, paragraphs, read_address, read_time
from server.usecases.imports.writing import insert_all, update_all

USUAL_LENGTH = timedelta(hours=1)
_PLAIN = ("ref", "kind", "subject", "starts_at", "ends_at", "state", "result")


def activities(policy: Policy) -> Noun:
    """`ref,rep,client,kind,subject,starts_at,ends_at,state,result`; times without offset are in the rep's zone."""
    return Noun(
        name="activities",
        key=("ref",),
        columns=by_name(
            Column("ref", line(100), required=True),
            Column("rep", read_address, required=True),
            Column("client", line(100), required=True),
            Column("kind", choice(Kind), default=Kind.VISIT.value),
            Column("subject", line(300)),
            Column("starts_at", read_time, required=True),
            Column("ends_at", read_time, default=None),
            Column("state", choice(State), default=State.PLANNED.value),
            Column("result", paragraphs(5_000)),
        ),
        references=(rep(policy.timezone), client()),
        there=_there,
        complete=_complete,
        write=_write,
    )


def _there(session: Session, keys: Sequence[Key]) -> dict[Key, Values]:
    table = ActivityRow.__table__
    noted = select(NoteRow.id).where(NoteRow.activity_id == table.c.id).correlate(table).exists()
    columns = [
        table.c.id,
        table.c.rep_id.label("rep"),
        table.c.client_id.label("client"),
        PersonRow.timezone.label("zone"),
        noted.label("noted"),
        *(table.c[name] for name in _PLAIN),
    ]
    query = select(*columns).join(PersonRow, PersonRow.id == table.c.rep_id)
    rows = session.execute(query.where(table.c.ref.in_([ref for (ref,) in keys]))).mappings()
    return {(row["ref"],): dict(row) for row in rows}


def _complete(desk: Desk, change: Change) -> None:
    _set_times(change)
    after, before = change.after, change.before
    if after["state"] == State.DONE and not (before and before["state"] == State.DONE):
        _check_closing_rule(desk.policy, after)


def _set_times(change: Change) -> None:
    given, before, after = change.given, change.before, change.after
    zone = ZoneInfo(after["zone"])
    if "starts_at" in given:
        after["starts_at"] = in_zone(given["starts_at"], zone, "starts_at")
    if given.get("ends_at"):
        after["ends_at"] = in_zone(given["ends_at"], zone, "ends_at")
    elif "ends_at" in given or before is None:
        after["ends_at"] = after["starts_at"] + USUAL_LENGTH
    else:  # moved without a word of its end: it takes as long as before
        after["ends_at"] = after["starts_at"] + (before["ends_at"] - before["starts_at"])
    if after["ends_at"] < after["starts_at"]:
        raise Invalid("ends-before-start", field="ends_at")


def _check_closing_rule(policy: Policy, after: Values) -> None:
    # A result is what the rep said about it: it becomes the note that the rule asks for.
    proposed = Activity(
        id=after.get("id", 0),
        ref=after["ref"],
        client_id=after["client"],
        client_ref="",
        client_name=after["ref"],
        kind=Kind(after["kind"]),
        subject=after["subject"],
        starts_at=after["starts_at"],
        ends_at=after["ends_at"],
        noted=after.get("noted", False) or bool(after["result"]),
    )
    try:
        check_completion(proposed, policy)
    except NoteRequired as error:
        raise NoteRequired("row-note-required", **(error.values | {"field": "state"})) from error


def _write(desk: Desk, changes: Sequence[Change]) -> None:
    session = desk.session
    new = [_row(change.after) for change in changes if change.before is None]
    changed = [_row(change.after) | {"id": change.after["id"]} for change in changes if change.before]
    insert_all(session, ActivityRow, new)
    update_all(session, ActivityRow, changed)
    keep_results(desk, [change.after for change in changes if _has_new_result(change)])
    shown_at = [change.after["client"] for change in changes]
    shown_before = [change.before["client"] for change in changes if change.before]
    stored_clients.touch(session, [*shown_at, *shown_before])


def _has_new_result(change: Change) -> bool:
    before, after = change.before, change.after
    if after["state"] != State.DONE or not after["result"]:
        return False
    return before is None or before["state"] != State.DONE or before["result"] != after["result"]


def _row(values: Values) -> Values:
    return {name: values[name] for name in _PLAIN} | {"rep_id": values["rep"], "client_id": values["client"]}
