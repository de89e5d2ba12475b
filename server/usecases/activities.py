"""Activities: the agenda, planning, completing."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.activities import Activity, Kind, State, check_completion
from server.domain.errors import Conflict, Invalid, NotFound
from server.domain.people import Person
from server.domain.policy import Policy
from server.domain.times import read_instant
from server.store import activities, clients
from server.store.tables.activities import ActivityRow

USUAL_LENGTH = timedelta(hours=1)
LONGEST_SUBJECT = 300
LONGEST_RESULT = 5_000


def listed(
    session: Session, reader: Person, policy: Policy, *, since: datetime | None, until: datetime | None, limit: int
) -> list[Activity]:
    """The reader's own activities that overlap a span, in the order of their start."""
    return activities.visible(session, reader, policy, since=since, until=until, limit=limit)


def one(session: Session, reader: Person, policy: Policy, ref: str) -> Activity:
    """The activity with this reference, or NotFound when there is none or the reader may not see it."""
    found = activities.one_visible(session, reader, policy, ref)
    if found is None:
        raise NotFound("activity-not-found")
    return found


def plan(session: Session, reader: Person, policy: Policy, fields: Mapping[str, Any]) -> Activity:
    """A new activity of the reader's with a client of theirs; `ref` is made when none is given.

    Raises NotFound for a client that the reader may not see, Conflict for a reference that is taken, Invalid.
    """
    client = clients.one_visible(session, reader, policy, str(fields.get("client", "")))
    if client is None:
        raise NotFound("client-not-found")
    ref = fields.get("ref") or f"A-{secrets.token_hex(6)}"
    if session.scalar(select(ActivityRow.id).where(ActivityRow.ref == ref)) is not None:
        raise Conflict("ref-taken", ref=ref)
    row = ActivityRow(ref=ref, rep_id=reader.id, client_id=client.id, state=State.PLANNED)
    row.starts_at = _instant(fields, "starts_at", reader)
    row.ends_at = _instant(fields, "ends_at", reader) if fields.get("ends_at") else row.starts_at + USUAL_LENGTH
    row.kind = _kind(fields.get("kind") or Kind.VISIT)
    row.subject = _text(fields.get("subject"), "subject", LONGEST_SUBJECT)
    row.result = ""
    _check_order(row)
    session.add(row)
    session.flush()
    clients.touch(session, [client.id])
    return one(session, reader, policy, row.ref)


def amend(session: Session, reader: Person, policy: Policy, ref: str, changes: Mapping[str, Any]) -> Activity:
    """Change kind, subject, times, result or state; NoteRequired where the closing rule forbids `done`."""
    before = one(session, reader, policy, ref)
    row = session.get_one(ActivityRow, before.id, with_for_update=True)
    if "kind" in changes:
        row.kind = _kind(changes["kind"])
    if "subject" in changes:
        row.subject = _text(changes["subject"], "subject", LONGEST_SUBJECT)
    if "result" in changes:
        row.result = _text(changes["result"], "result", LONGEST_RESULT)
    if "starts_at" in changes:
        row.starts_at = _instant(changes, "starts_at", reader)
    if "ends_at" in changes:
        row.ends_at = _instant(changes, "ends_at", reader)
    _check_order(row)
    session.flush()
    if "state" in changes:
        _enter(row, one(session, reader, policy, ref), _state(changes["state"]), policy)
        session.flush()
    clients.touch(session, [row.client_id])
    return one(session, reader, policy, ref)


def complete(session: Session, reader: Person, policy: Policy, ref: str, result: str = "") -> Activity:
    """Say that an activity took place; NoteRequired where the policy wants a note first. Repeating it is no error."""
    changes: dict[str, Any] = {"state": State.DONE}
    if result:
        changes["result"] = result
    return amend(session, reader, policy, ref, changes)


def _enter(row: ActivityRow, activity: Activity, state: State, policy: Policy) -> None:
    if state is State.DONE:
        check_completion(activity, policy)
    row.state = state


def _check_order(row: ActivityRow) -> None:
    if row.ends_at < row.starts_at:
        raise Invalid(field="ends_at", reason="before starts_at")


def _instant(fields: Mapping[str, Any], name: str, reader: Person) -> datetime:
    return read_instant(str(fields.get(name) or ""), reader.zone, name)


def _kind(value: Any) -> str:
    if value not in set(Kind):
        raise Invalid(field="kind", reason=f"not one of {', '.join(Kind)}")
    return str(value)


def _state(value: Any) -> State:
    if value not in set(State):
        raise Invalid(field="state", reason=f"not one of {', '.join(State)}")
    return State(value)


def _text(value: Any, field: str, longest: int) -> str:
    cleaned = str(value or "").replace("\x00", "").strip()
    if len(cleaned) > longest:
        raise Invalid(field=field, reason=f"longer than {longest} characters")
    return cleaned
