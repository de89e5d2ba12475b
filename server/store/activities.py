"""Activities: queries."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.domain.activities import Activity, Kind, State
from server.domain.people import Person
from server.domain.policy import Policy
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.visibility import visible_activities, visible_clients

_NOTED = select(NoteRow.id).where(NoteRow.activity_id == ActivityRow.id).correlate(ActivityRow).exists()


def visible(
    session: Session,
    reader: Person,
    policy: Policy,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    states: Sequence[State] = (),
    limit: int = 500,
) -> list[Activity]:
    """The reader's own activities that overlap a span, in the order of their start."""
    query = _query().where(ActivityRow.rep_id == reader.id, visible_clients(reader, policy))
    if since is not None:
        query = query.where(ActivityRow.ends_at >= since)
    if until is not None:
        query = query.where(ActivityRow.starts_at < until)
    if states:
        query = query.where(ActivityRow.state.in_(states))
    rows = session.execute(query.order_by(ActivityRow.starts_at, ActivityRow.id).limit(limit))
    return [_activity(*row) for row in rows]


def one_visible(session: Session, reader: Person, policy: Policy, ref: str) -> Activity | None:
    """The activity with this reference, or None when there is none or the reader may not see it."""
    row = session.execute(_query().where(ActivityRow.ref == ref, visible_activities(reader, policy))).one_or_none()
    return _activity(*row) if row else None


def agenda(session: Session, rep_id: int, since: datetime, until: datetime) -> list[Activity]:
    """All activities of a rep that begin in a span, whatever their state."""
    rows = session.execute(
        _query().where(ActivityRow.rep_id == rep_id, ActivityRow.starts_at >= since, ActivityRow.starts_at < until)
    )
    return [_activity(*row) for row in rows]


def starting_between(
    session: Session, since: datetime, until: datetime, rep_ids: Collection[int] | None = None
) -> list[tuple[int, Activity]]:
    """The planned activities of everybody, or of these reps, that begin in a span, each with its rep's id."""
    query = _query().add_columns(ActivityRow.rep_id).where(ActivityRow.state == State.PLANNED)
    query = query.where(ActivityRow.starts_at >= since, ActivityRow.starts_at < until)
    if rep_ids is not None:
        query = query.where(ActivityRow.rep_id.in_(rep_ids))
    rows = session.execute(query.order_by(ActivityRow.starts_at, ActivityRow.id))
    return [(rep_id, _activity(*row)) for *row, rep_id in rows]


def still_planned(session: Session, refs: Collection[str]) -> dict[str, datetime]:
    """When those of the activities begin that are planned."""
    rows = session.execute(
        select(ActivityRow.ref, ActivityRow.starts_at).where(
            ActivityRow.ref.in_(refs), ActivityRow.state == State.PLANNED
        )
    )
    return {row.ref: row.starts_at for row in rows}


def _query() -> Select[ActivityRow, str, str, bool]:
    return select(ActivityRow, ClientRow.ref, ClientRow.name, _NOTED).join(
        ClientRow, ClientRow.id == ActivityRow.client_id
    )


def _activity(row: ActivityRow, client_ref: str, client_name: str, noted: bool) -> Activity:
    return Activity(
        id=row.id,
        ref=row.ref,
        client_id=row.client_id,
        client_ref=client_ref,
        client_name=client_name,
        kind=Kind(row.kind),
        subject=row.subject,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=State(row.state),
        result=row.result,
        noted=noted,
    )
