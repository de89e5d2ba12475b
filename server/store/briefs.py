"""What a brief shows: three queries, each along an index of one client, built once."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from server.domain.briefs import ActivityLine, Figures, NoteLine
from server.domain.notes import NoteState
from server.store.tables.activities import ActivityRow
from server.store.tables.base import Amount
from server.store.tables.disbursements import DisbursementRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow

LAST_NOTES: Final = 3
LONGEST_ACTIVITY: Final = timedelta(days=2)

_client_id: BindParameter[int] = bindparam("client_id")
_now: BindParameter[datetime] = bindparam("now")


def last_notes(session: Session, client_id: int) -> tuple[NoteLine, ...]:
    """The last three notes of a client by time recorded; those that failed only if they have a text."""
    return tuple(
        NoteLine(
            id=row.uid,
            at=row.recorded_at,
            by=row.name,
            kind=row.kind,
            seconds=row.seconds,
            text=" ".join(filter(None, (row.text, row.transcript))),
            audio=f"/api/v1/notes/{row.uid}/audio" if row.blob and row.state != NoteState.FAILED else None,
        )
        for row in session.execute(_NOTES, {"client_id": client_id})
    )


def activities_around(
    session: Session, client_id: int, now: datetime
) -> tuple[ActivityLine | None, ActivityLine | None]:
    """The last activity that took place, and the next one that is planned and not over."""
    found: dict[str, ActivityLine] = {}
    parameters = {"client_id": client_id, "now": now, "since": now - LONGEST_ACTIVITY}
    for row in session.execute(_AROUND, parameters):
        found[row.which] = ActivityLine(row.ref, row.kind, row.subject, row.starts_at, row.ends_at)
    return found.get("last"), found.get("next")


def figures(session: Session, client_id: int, today: date) -> tuple[Figures, ...]:
    """The disbursements of a client up to today, by currency: this year, last year to this day, and the last one."""
    last_year = _a_year_before(today)
    parameters = {
        "client_id": client_id,
        "today": today,
        "year": today.replace(month=1, day=1),
        "last_year": last_year.replace(month=1, day=1),
        "last_year_today": last_year,
    }
    return tuple(
        Figures(row.currency, today, row.this_year, row.last_year, row.date, row.amount)
        for row in session.execute(_FIGURES, parameters)
    )


def _a_year_before(day: date) -> date:
    leap_day = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28) if leap_day else day.replace(year=day.year - 1)


def _one_activity(which: str, *conditions: ColumnElement[bool], latest: bool) -> Select[Any]:
    order = ActivityRow.starts_at.desc() if latest else ActivityRow.starts_at
    narrowed = (
        select(ActivityRow)
        .where(ActivityRow.client_id == _client_id, *conditions)
        .order_by(order)
        .limit(1)
        .subquery(which + "_activity")
    )
    columns = narrowed.c
    return select(
        literal(which).label("which"), columns.ref, columns.kind, columns.subject, columns.starts_at, columns.ends_at
    )


def _sum(since: str, until: str) -> ColumnElement[Any]:
    within = DisbursementRow.date.between(bindparam(since), bindparam(until))
    total = func.sum(case((within, DisbursementRow.amount), else_=0)).over(partition_by=DisbursementRow.currency)
    return type_coerce(total, Amount())


_NOTES: Final = (
    select(
        NoteRow.uid,
        NoteRow.recorded_at,
        NoteRow.kind,
        NoteRow.state,
        NoteRow.seconds,
        NoteRow.blob,
        NoteRow.text,
        NoteRow.transcript,
        PersonRow.name,
    )
    .join(PersonRow, PersonRow.id == NoteRow.rep_id)
    .where(NoteRow.client_id == _client_id, or_(NoteRow.state != NoteState.FAILED, NoteRow.text != ""))
    .order_by(NoteRow.recorded_at.desc(), NoteRow.id.desc())
    .limit(LAST_NOTES)
)
_AROUND: Final = union_all(
    _one_activity(
        "last",
        ActivityRow.starts_at <= _now,
        or_(ActivityRow.state == "done", (ActivityRow.state == "planned") & (ActivityRow.ends_at <= _now)),
        latest=True,
    ),
    _one_activity(
        "next",
        ActivityRow.starts_at > bindparam("since"),
        ActivityRow.ends_at > _now,
        ActivityRow.state == "planned",
        latest=False,
    ),
)
_RANKED = (
    select(
        DisbursementRow.currency,
        DisbursementRow.date,
        DisbursementRow.amount,
        _sum("year", "today").label("this_year"),
        _sum("last_year", "last_year_today").label("last_year"),
        func.row_number()
        .over(
            partition_by=DisbursementRow.currency,
            order_by=(DisbursementRow.date.desc(), DisbursementRow.id.desc()),
        )
        .label("rank"),
    )
    .where(DisbursementRow.client_id == _client_id, DisbursementRow.date <= bindparam("today"))
    .subquery("ranked")
)
_FIGURES: Final = select(_RANKED).where(_RANKED.c.rank == 1).order_by(_RANKED.c.currency)
