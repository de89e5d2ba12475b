"""Bulk files of notes, by the reference of the system that they come from: this is how history comes in."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.errors import Conflict, Invalid
from server.domain.notes import Draft, LinkStatus, NoteState
from server.domain.policy import Policy
from server.domain.times import corrected
from server.store import clients as stored_clients
from server.store import notes as stored_notes
from server.store.jobs import HISTORY, process_note
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from server.usecases.imports.columns import Column, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, Reference, by_name
from server.usecases.imports.references import rep
from server.usecases.imports.values import in_zone, line, paragraphs, read_address, read_language, read_time
from server.usecases.imports.writing import update_all


def notes(policy: Policy) -> Noun:
    """`ref,rep,recorded_at,received_at,device_time,language,text,client,activity`.

    The device's clock is corrected where both its time and the time of receipt are told. Whose note it is is worked
    out by the same job as for any other; `client` and `activity` are what its sender said.
    """
    return Noun(
        name="notes",
        key=("ref",),
        columns=by_name(
            Column("ref", line(100), required=True),
            Column("rep", read_address, required=True),
            Column("recorded_at", read_time, default=None),
            Column("received_at", read_time, default=None),
            Column("device_time", read_time, default=None),
            Column("language", read_language, default=None),
            Column("text", paragraphs(20_000), required=True),
            Column("client", line(100), default=None),
            Column("activity", line(100), default=None),
        ),
        references=(rep(policy.timezone), *_said()),
        there=_there,
        complete=_complete,
        write=_write,
    )


def _said() -> tuple[Reference, Reference]:
    # What was said is kept as it was said; it only has to exist.
    def find_clients(session: Session, refs: Sequence[str]) -> dict[str, Values]:
        return {ref: {"client": ref} for ref in stored_clients.ids_by_ref(session, refs)}

    def find_activities(session: Session, refs: Sequence[str]) -> dict[str, Values]:
        query = select(ActivityRow.ref, ClientRow.ref).join(ClientRow, ClientRow.id == ActivityRow.client_id)
        rows = session.execute(query.where(ActivityRow.ref.in_(refs)))
        return {activity: {"activity": activity, "activity_client": client} for activity, client in rows}

    return (
        Reference("client", "clients", "client-unknown", find_clients, {}),
        Reference("activity", "activities", "activity-unknown", find_activities, {}),
    )


def _there(session: Session, keys: Sequence[Key]) -> dict[Key, Values]:
    query = (
        select(
            *(NoteRow.id, NoteRow.uid, NoteRow.ref, NoteRow.state, NoteRow.link_status),
            *(NoteRow.recorded_at, NoteRow.received_at, NoteRow.language, NoteRow.text),
            NoteRow.rep_id.label("rep"),
            NoteRow.said_client.label("client"),
            NoteRow.said_activity.label("activity"),
            NoteRow.client_id.label("linked_client"),
            PersonRow.timezone.label("zone"),
        )
        .join(PersonRow, PersonRow.id == NoteRow.rep_id)
        .where(NoteRow.ref.in_([ref for (ref,) in keys]))
    )
    rows = session.execute(query).mappings()
    return {(row["ref"],): dict(row) | {"device_time": None} for row in rows}


def _complete(desk: Desk, change: Change) -> None:
    before, after = change.before, change.after
    if before and before["rep"] != after["rep"]:
        raise Conflict("ref-taken", ref=after["ref"], field="ref")
    _set_times(desk, change)
    meant = after.get("activity_client") if after["activity"] else None
    if meant and after["client"] and meant != after["client"]:
        raise Invalid("activity-of-another-client", field="activity")


def _set_times(desk: Desk, change: Change) -> None:
    given, before, after = change.given, change.before, change.after
    zone = ZoneInfo(after["zone"])

    def told(name: str) -> datetime | None:
        return in_zone(given[name], zone, name) if given.get(name) else None

    received, recorded = told("received_at"), told("recorded_at")
    after["received_at"] = min(received, desk.now) if received else before["received_at"] if before else desk.now
    # Without the time of receipt nothing can be said about the device's clock.
    device_time = told("device_time") if received else None
    if recorded or before is None:
        after["recorded_at"] = corrected(recorded, device_time, after["received_at"])
    else:
        after["recorded_at"] = before["recorded_at"]
    after["device_time"] = None


def _write(desk: Desk, changes: Sequence[Change]) -> None:
    for change in changes:
        if change.before is None:
            added = stored_notes.add(desk.session, change.after["rep"], None, _draft(change))
            desk.jobs.put(desk.session, process_note(added.uid, queue=HISTORY))
    _rewrite(desk, [change.after for change in changes if change.before])


def _draft(change: Change) -> Draft:
    values = change.after
    return Draft(
        recorded_at=values["recorded_at"],
        received_at=values["received_at"],
        text=values["text"],
        language=values["language"],
        client=values["client"],
        activity=values["activity"],
        ref=values["ref"],
        clock_given=bool(change.given.get("recorded_at")),
    )


def _rewrite(desk: Desk, changed: Sequence[Values]) -> None:
    """Write changed notes over what was there, and have each linked again unless a person has said whose it is."""
    for note in changed:
        if note["link_status"] != LinkStatus.CONFIRMED:
            note["state"] = NoteState.RECEIVED
            desk.jobs.put(desk.session, process_note(note["uid"], secrets.token_hex(4), HISTORY))
    update_all(desk.session, NoteRow, [_row(note) for note in changed])
    stored_clients.touch(desk.session, [note["linked_client"] for note in changed])


def _row(values: Values) -> Values:
    plain = ("id", "state", "recorded_at", "received_at", "language", "text")
    said = {"said_client": values["client"], "said_activity": values["activity"]}
    return {name: values[name] for name in plain} | said
