"""Notes by rep: how many came, and how many found their client by themselves."""

from sqlalchemy import ColumnElement, Integer, case, func, select, type_coerce
from sqlalchemy.orm import Session

from server.domain.notes import LinkStatus, NoteKind, NoteState
from server.reports.tables import Period, Report
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow

COLUMNS = ("rep", "notes", "voice", "linked", "confirmed", "suggested", "unlinked", "failed", "minutes")


def notes(session: Session, period: Period) -> Report:
    """One row a rep with notes received in the period; `minutes` are those of their recordings, rounded."""
    query = (
        select(
            PersonRow.email,
            func.count(),
            _counted(NoteRow.kind == NoteKind.VOICE),
            _counted(NoteRow.link_status == LinkStatus.LINKED),
            _counted(NoteRow.link_status == LinkStatus.CONFIRMED),
            _counted(NoteRow.link_status == LinkStatus.SUGGESTED),
            _counted(NoteRow.link_status == LinkStatus.UNLINKED),
            _counted(NoteRow.state == NoteState.FAILED),
            func.coalesce(func.sum(NoteRow.seconds), 0.0) / 60,
        )
        .join(PersonRow, PersonRow.id == NoteRow.rep_id)
        .where(NoteRow.received_at >= period.since, NoteRow.received_at < period.until)
        .group_by(PersonRow.email)
        .order_by(PersonRow.email)
    )
    rows = [(*row[:-1], round(row[-1] or 0)) for row in session.execute(query)]
    return Report("notes", COLUMNS, rows, "notes")


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return type_coerce(func.sum(case((condition, 1), else_=0)), Integer)
