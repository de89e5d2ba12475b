"""Notes: taken, listed, read, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from server.domain.notes import Draft, LinkStatus, Recorded
from server.domain.people import Person, Role
from server.domain.policy import Policy
from server.domain.times import corrected, read_instant
from server.store import activities, clients, jobs, notes
from server.store.blobs import Blobs, Incoming, Kept
from server.store.notes import Added, Shown
from server.store.tables.notes import NoteRow
from server.store.visibility import visible_notes

__all__ = [
    "Added",
    "Incoming",
    "Shown",
    "Taker",
    "Upload",
    "amend",
    "check_destination",
    "check_fields",
    "draft",
    "just_taken",
    "listed",
    "one",
    "recording",
    "take",
]

LONGEST_TEXT = 20_000
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Upload:
    """A recording that lies synced in a temporary file."""

    incoming: Incoming
    kept: Kept
    type: str


def draft(fields: Mapping[str, str], zone: tzinfo, received_at: datetime, upload: Upload | None) -> Draft:
    """The note that these form fields describe; times without an offset are in `zone`.

    Raises Invalid naming the field that cannot be understood, or when there is neither recording nor text.
    """
    text = fields.get("text", "").replace("\x00", "").strip()
    if upload is None and not text:
        raise Invalid("nothing-sent", field="audio")
    if len(text) > LONGEST_TEXT:
        raise Invalid(field="text", reason=f"longer than {LONGEST_TEXT} characters")
    recorded = _instant(fields, "recorded_at", zone)
    recording = Recorded(upload.kept.sha256, upload.kept.bytes, upload.type) if upload else None
    return Draft(
        recorded_at=corrected(recorded, _instant(fields, "device_time", zone), received_at),
        received_at=received_at,
        recording=recording,
        text=text,
        client=_short(fields, "client", 100),
        activity=_short(fields, "activity", 100),
        phone=_short(fields, "phone", 50),
        latitude=_degrees(fields, "lat", 90),
        longitude=_degrees(fields, "lon", 180),
        clock_given=recorded is not None,
    )


def check_fields(fields: Mapping[str, str], zone: tzinfo, now: datetime) -> None:
    """Raises Invalid for fields that no note with a recording could be made of."""
    draft(dict(fields) | {"text": fields.get("text", "").strip() or "-"}, zone, now, None)


@dataclass(frozen=True, slots=True)
class Taker:
    """Who hands a note in, and what is needed to keep it."""

    queue: jobs.JobQueue
    blobs: Blobs
    policy: Policy
    author: Person
    device_id: int | None = None


def take(session: Session, taker: Taker, new: Draft, *, upload: Upload | None, key: str | None) -> Added:
    """Keep a note for good, once: recording, row and job become durable together when the transaction commits.

    Raises NotFound for a client or an activity that the author may not see, Conflict when the two do not belong
    together, KeyReused for a key that came with other content before.
    """
    check_destination(session, taker.policy, taker.author, new.client, new.activity)
    added = notes.add(session, taker.author.id, taker.device_id, new, key)
    if not added.created:
        return added
    taker.queue.put(session, jobs.process_note(added.uid))
    if upload is not None:
        taker.blobs.keep(upload.incoming, upload.kept)
    return added


def just_taken(author: Person, note: NoteRow) -> Shown:
    """A note that was taken this moment, as its author sees it: nothing has been worked out yet."""
    return Shown(note, None, None, None, None, author.email, author.name)


def check_destination(
    session: Session, policy: Policy, reader: Person, client: str | None, activity: str | None
) -> tuple[int | None, int | None]:
    """The ids of the client and the activity with these references; the activity's client where none is given.

    Raises NotFound for what the reader may not see, and Conflict for an activity of another client.
    """
    found = clients.one_visible(session, reader, policy, client) if client else None
    if client and found is None:
        raise NotFound("client-not-found")
    planned = activities.one_visible(session, reader, policy, activity) if activity else None
    if activity and planned is None:
        raise NotFound("activity-not-found")
    if found and planned and planned.client_id != found.id:
        raise Conflict("activity-of-another-client")
    client_id = found.id if found else planned.client_id if planned else None
    return client_id, planned.id if planned else None


def listed(
    session: Session,
    reader: Person,
    policy: Policy,
    *,
    link: LinkStatus | None = None,
    since: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Shown]:
    """The reader's own notes, the last recorded first; `before` is the id at which the page before ended."""
    query = notes.shown().where(NoteRow.rep_id == reader.id)
    if link is not None:
        query = query.where(NoteRow.link_status == link)
    if since is not None:
        query = query.where(NoteRow.recorded_at >= since)
    if before is not None:
        last = select(NoteRow.recorded_at).where(NoteRow.id == before).scalar_subquery()
        query = query.where(
            (NoteRow.recorded_at < last) | ((NoteRow.recorded_at == last) & (NoteRow.id < before)),
        )
    rows = session.execute(query.order_by(NoteRow.recorded_at.desc(), NoteRow.id.desc()).limit(limit)).all()
    return [_masked(session, reader, policy, Shown(*row)) for row in rows]


def one(session: Session, reader: Person, policy: Policy, uid: str) -> Shown:
    """A note that the reader may see, or NotFound."""
    found = notes.one_visible(session, reader, policy, uid)
    if found is None:
        raise NotFound("note-not-found")
    return _masked(session, reader, policy, found)


def amend(session: Session, reader: Person, policy: Policy, uid: str, changes: Mapping[str, Any]) -> Shown:
    """Confirm or correct a note: `client` and `activity` by reference (None: nobody's), `text`.

    A person's word is final: the link is `confirmed` and no machine changes it. Only the author, or a manager who
    sees the note, may do it. Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    found = one(session, reader, policy, uid).note
    if found.rep_id != reader.id and not reader.has(Role.MANAGER):
        raise NotAllowed
    row = session.get_one(NoteRow, found.id, with_for_update=True)
    before = row.client_id
    if "text" in changes:
        row.text = _text(changes["text"], keep_empty=row.blob is not None)
    if "client" in changes or "activity" in changes:
        client, activity = changes.get("client"), changes.get("activity")
        row.client_id, row.activity_id = check_destination(session, policy, reader, client, activity)
        row.link_status = LinkStatus.CONFIRMED
        row.confidence = 1.0
        row.evidence = [{"code": "confirmed", "values": {"by": reader.name}}]
    session.flush()
    clients.touch(session, [before, row.client_id])
    return one(session, reader, policy, uid)


def recording(session: Session, reader: Person, policy: Policy, uid: str) -> NoteRow:
    """The row of a note with a recording that the reader may hear, or NotFound."""
    row = session.scalar(select(NoteRow).where(NoteRow.uid == uid, visible_notes(reader, policy)))
    if row is None:
        raise NotFound("note-not-found")
    if row.blob is None:
        raise NotFound("no-audio")
    return row


def _masked(session: Session, reader: Person, policy: Policy, shown: Shown) -> Shown:
    # One's own note stays one's own when the client leaves the portfolio; the client does not show any more.
    if shown.client is None or clients.one_visible(session, reader, policy, shown.client):
        return shown
    return Shown(shown.note, None, None, None, None, shown.rep, shown.rep_name)


def _instant(fields: Mapping[str, str], name: str, zone: tzinfo) -> datetime | None:
    text = fields.get(name, "").strip()
    return read_instant(text, zone, name) if text else None


def _short(fields: Mapping[str, str], name: str, longest: int) -> str | None:
    text = fields.get(name, "").replace("\x00", "").strip()
    if len(text) > longest:
        raise Invalid(field=name, reason=f"longer than {longest} characters")
    return text or None


def _degrees(fields: Mapping[str, str], name: str, largest: int) -> float | None:
    text = fields.get(name, "").strip()
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError as error:
        raise Invalid(field=name, reason="not a number of degrees") from error
    if not -largest <= degrees <= largest:
        raise Invalid(field=name, reason=f"not between -{largest} and {largest}")
    return degrees


def _text(text: Any, *, keep_empty: bool) -> str:
    cleaned = str(text or "").replace("\x00", "").strip()
    if len(cleaned) > LONGEST_TEXT or (not cleaned and not keep_empty):
        raise Invalid(field="text", reason=f"empty, or longer than {LONGEST_TEXT} characters")
    return cleaned
