"""Transcripts of recordings: when one is due, what helps to make it, and what becomes of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.hotwords import hotwords
from server.domain.notes import NoteState
from server.domain.people import Person
from server.domain.policy import Policy
from server.domain.transcripts import Transcribing, Transcript
from server.store import activities, clients, jobs, people, transcripts
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow

AGENDA: Final = timedelta(hours=36)
MOST_CLIENTS: Final = 10
MOST_ATTEMPTS: Final = 4
"""Failures on one recording while the engine does others: after these it is given up."""


@dataclass(frozen=True, slots=True)
class Untranscribed:
    """A recording that waits for its transcript; `seconds` and `level` (dBFS of the speech) are of what is played."""

    uid: str
    blob: str
    seconds: float
    level: float | None
    language: str
    names: tuple[str, ...]


def order(session: Session, queue: jobs.JobQueue, uid: str) -> None:
    """Have a transcript made of a note's recording, if it can be played and none was ordered before."""
    row = _row(session, uid)
    if row.blob is None or row.failure is not None or row.transcribing is not None:
        return
    row.transcribing = Transcribing.DUE
    queue.put(session, jobs.transcribe(uid))


def pending(session: Session, policy: Policy, uid: str) -> Untranscribed | None:
    """The recording, if its transcript is due."""
    due = (NoteRow.uid == uid, NoteRow.transcribing == Transcribing.DUE, NoteRow.state != NoteState.RECEIVED)
    row = session.scalar(select(NoteRow).where(*due))
    if row is None or row.blob is None:
        return None
    rep = people.to_person(session.get_one(PersonRow, row.rep_id))
    return Untranscribed(
        uid=row.uid,
        blob=row.blob,
        seconds=row.played_seconds or row.seconds or 0.0,
        level=row.level,
        language=row.language or rep.language,
        names=_names(session, policy, rep, row),
    )


def heard(session: Session, uid: str, transcript: Transcript) -> None:
    """Write down what was said; the brief shows it from now on. The caller links the note anew."""
    row = _row(session, uid)
    row.transcript = transcript.text or None
    row.segments = [piece.stored() for piece in transcript.pieces]
    row.transcribing = Transcribing.DONE
    clients.touch(session, [row.client_id])


def refused(session: Session, uid: str) -> None:
    """Mark that this recording gets no transcript; the note stays as it is."""
    _row(session, uid).transcribing = Transcribing.FAILED


def unfinished(session: Session, uid: str) -> bool:
    """Count a failure on this very recording; whether it is given up with that."""
    row = _row(session, uid)
    row.transcribing_failures += 1
    if row.transcribing_failures >= MOST_ATTEMPTS:
        row.transcribing = Transcribing.FAILED
    return row.transcribing == Transcribing.FAILED


def _names(session: Session, policy: Policy, rep: Person, row: NoteRow) -> tuple[str, ...]:
    agenda = activities.agenda(session, rep.id, row.recorded_at - AGENDA, row.recorded_at + AGENDA)
    likely = transcripts.likely_clients(session, rep, policy, MOST_CLIENTS)
    refs = list(dict.fromkeys([*(activity.client_ref for activity in agenda), *likely]))
    seen = {client.ref: client for client in clients.visible(session, rep, policy, refs)}
    return hotwords(row.recorded_at, agenda, [seen[ref] for ref in refs if ref in seen])


def _row(session: Session, uid: str) -> NoteRow:
    return session.scalars(select(NoteRow).where(NoteRow.uid == uid).with_for_update()).one()
