"""What the jobs do to a note: each step may be repeated without harm."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.activities import Activity
from server.domain.linking import Clues, Link, Suggestion, link
from server.domain.notes import LinkStatus, NoteKind, NoteState, Sound
from server.domain.people import Person
from server.domain.policy import Policy
from server.store import activities, clients, people
from server.store.portfolios import Portfolios
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow

__all__ = ["Portfolios"]

AGENDA_BEFORE = timedelta(hours=36)
AGENDA_AFTER = timedelta(hours=12)
FRESH = timedelta(hours=1)
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Pending:
    """A note that waits for its work; `blob` is the SHA-256 of its recording, None for a text."""

    uid: str
    kind: NoteKind
    blob: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What linking a note anew would change: the client's name, or how sure it is, before and after."""

    recorded_at: datetime
    rep: str
    text: str
    before: str
    after: str
    confidence: float


def pending(session: Session, uid: str) -> Pending | None:
    """The note, if there is anything left to do for it."""
    row = session.scalar(select(NoteRow).where(NoteRow.uid == uid, NoteRow.state == NoteState.RECEIVED))
    return Pending(row.uid, NoteKind(row.kind), row.blob, row.language) if row else None


def sound_known(session: Session, uid: str, sound: Sound) -> None:
    """Write down what decoding found out."""
    row = _row(session, uid)
    row.type = sound.type
    row.seconds = round(sound.seconds, 2)
    row.played_seconds = round(sound.played_seconds, 2)
    row.level = round(sound.level, 1)
    row.peaks = list(sound.peaks)
    row.remark = sound.remark
    row.failure = None


def unreadable(session: Session, uid: str, code: str) -> None:
    """Mark that the recording cannot be played, and why; its bytes stay, and so does the note's text."""
    _row(session, uid).failure = code


def link_note(session: Session, policy: Policy, uid: str, portfolios: Portfolios | None = None) -> None:
    """Work out whose note it is, unless a person has said so already; `portfolios` spares going through all names."""
    row = _row(session, uid)
    if row.link_status == LinkStatus.CONFIRMED:
        return
    before = row.client_id
    _write(row, _answer(session, policy, row, portfolios or Portfolios()))
    clients.touch(session, [before, row.client_id])


def relinkable(session: Session, since: datetime) -> list[str]:
    """The notes recorded from then on whose link no person has confirmed, the oldest first."""
    query = select(NoteRow.uid).where(NoteRow.recorded_at >= since, NoteRow.link_status != LinkStatus.CONFIRMED)
    done = query.where(NoteRow.state != NoteState.RECEIVED)
    return list(session.scalars(done.order_by(NoteRow.recorded_at, NoteRow.id)))


def difference(session: Session, policy: Policy, uid: str, portfolios: Portfolios) -> Difference | None:
    """What linking a note anew would change; None for nothing."""
    row = session.scalars(select(NoteRow).where(NoteRow.uid == uid)).one()
    answer = _answer(session, policy, row, portfolios)
    sure = answer.best if answer.status is LinkStatus.LINKED else None
    after = (answer.status, sure.client.id if sure else None)
    if row.link_status == LinkStatus.CONFIRMED or (row.link_status, row.client_id) == after:
        return None
    was = session.get(ClientRow, row.client_id) if row.client_id else None
    return Difference(
        row.recorded_at,
        session.get_one(PersonRow, row.rep_id).name,
        (row.text or row.transcript or "")[:MOST_SHOWN],
        was.name if was else row.link_status,
        sure.client.name if sure else answer.status,
        answer.best.confidence if answer.best else 0.0,
    )


def _answer(session: Session, policy: Policy, row: NoteRow, portfolios: Portfolios) -> Link:
    rep = people.to_person(session.get_one(PersonRow, row.rep_id))
    said = activities.one_visible(session, rep, policy, row.said_activity) if row.said_activity else None
    agenda = activities.agenda(session, rep.id, row.recorded_at - AGENDA_BEFORE, row.recorded_at + AGENDA_AFTER)
    if said and said not in agenda:
        agenda.append(said)  # a report may come weeks after the visit
    return link(_clues(session, rep, policy, row, said), agenda, portfolios.of(session, rep, policy))


def finish(session: Session, uid: str) -> None:
    """Say that all is done; the client's brief shows the note from now on."""
    row = _row(session, uid)
    row.state = NoteState.FAILED if row.failure else NoteState.PROCESSED
    clients.touch(session, [row.client_id])


def whom_to_ask(session: Session, uid: str, now: datetime) -> int | None:
    """The rep who can say whose note it is: where that is likely but not sure, and it came from a device just now."""
    row = _row(session, uid)
    fresh = row.device_id is not None and now - row.received_at < FRESH
    return row.rep_id if fresh and row.link_status == LinkStatus.SUGGESTED else None


def _row(session: Session, uid: str) -> NoteRow:
    return session.scalars(select(NoteRow).where(NoteRow.uid == uid).with_for_update()).one()


def _clues(session: Session, rep: Person, policy: Policy, row: NoteRow, said: Activity | None) -> Clues:
    said_client = clients.one_visible(session, rep, policy, row.said_client) if row.said_client else None
    return Clues(
        recorded_at=row.recorded_at,
        text=" ".join(filter(None, (row.text, row.transcript))),
        said_client=said_client.id if said_client else said.client_id if said else None,
        said_activity=said.id if said else None,
        phone=row.phone,
    )


def _write(row: NoteRow, answer: Link) -> None:
    sure = answer.best if answer.status is LinkStatus.LINKED else None
    row.link_status = answer.status
    row.client_id = sure.client.id if sure else None
    row.activity_id = sure.activity.id if sure and sure.activity else None
    row.confidence = answer.best.confidence if answer.best else 0.0
    row.evidence = [evidence.stored() for evidence in answer.best.evidence] if answer.best else []
    row.suggestions = [_stored(suggestion) for suggestion in answer.suggestions]


def _stored(suggestion: Suggestion) -> dict[str, object]:
    return {
        "client": suggestion.client.ref,
        "name": suggestion.client.name,
        "city": suggestion.client.city,
        "activity": suggestion.activity.ref if suggestion.activity else None,
        "confidence": suggestion.confidence,
        "evidence": [evidence.stored() for evidence in suggestion.evidence],
    }
