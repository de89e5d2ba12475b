"""The end of an upload: its bytes become a note, in the transaction that says that it is finished."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from mobile_gateway.intake.media import UNKNOWN
from mobile_gateway.uploads.desk import Desk
from server.domain.notes import Draft
from server.domain.uploads import Upload
from server.usecases import notes, uploads
from server.usecases.notes import Added, Incoming
from server.usecases.uploads import Claim, Creation


def complete_new(desk: Desk, creation: Creation, incoming: Incoming) -> Upload:
    """Make a note of an upload that came in one piece: as few syncs and transactions as `POST /notes` takes.

    Raises what `notes.draft`, `notes.take` and `uploads.create_finished` raise; nothing is left then.
    """
    now = desk.services.clock()
    recording = _recording(incoming, creation.type)
    new = _draft(desk, creation.fields, now, now, recording)

    def keep(session: Session) -> tuple[Added, Upload]:
        added = notes.take(session, desk.taker, new, upload=recording, key=None)
        return added, uploads.create_finished(session, desk.signed, creation, now, size=incoming.size, note_id=added.id)

    added, upload = desk.services.database.together(keep)
    desk.files.remove(creation.uid, 1)  # still there only if the same recording was known
    return replace(upload, note=upload.note or added.uid) if upload.uid == creation.uid else upload


def complete_held(desk: Desk, held: Claim, incoming: Incoming) -> Upload:
    """Make a note of an upload whose last bytes have come.

    When it raises, the upload stays held: its file may be among the originals by now, so that whoever goes on has to
    begin a file of their own.
    """
    now = desk.services.clock()
    with desk.files.second_name(incoming) as named:
        recording = _recording(incoming, held.type, named)
        new = _draft(desk, held.fields, held.created_at, now, recording)
        with desk.services.database.transaction() as session:
            added = notes.take(session, desk.taker, new, upload=recording, key=None)
            uploads.finish(session, held, incoming.size, added.id, now)
            upload = uploads.one(session, desk.signed.rep.id, held.uid, now)
    desk.files.remove(held.uid)
    return upload


def _recording(incoming: Incoming, kind: str, named: Incoming | None = None) -> notes.Upload | None:
    kept = incoming.sync()
    if not kind and not kept.bytes:
        return None
    return notes.Upload(named or incoming, kept, kind or UNKNOWN)


def _draft(
    desk: Desk, fields: Mapping[str, str], told_at: datetime, now: datetime, recording: notes.Upload | None
) -> Draft:
    # What the device's clock said belongs to the moment when it was said, however long the bytes took.
    new = notes.draft(fields, desk.signed.rep.zone, told_at, recording)
    return replace(new, received_at=now)
