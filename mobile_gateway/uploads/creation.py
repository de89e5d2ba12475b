"""Creating an upload, with or without its first bytes."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect

from mobile_gateway.intake.media import may_be_audio
from mobile_gateway.uploads.completion import complete_new
from mobile_gateway.uploads.desk import Create, Desk
from mobile_gateway.uploads.reception import Reception
from server.domain.devices import Signed
from server.domain.errors import Invalid, TooSlow, Unsupported
from server.domain.uploads import Upload
from server.usecases import notes, uploads
from server.usecases.notes import Incoming
from server.web.services import Services


def check(session: Session, services: Services, signed: Signed, asked: Create) -> Upload | None:
    """Refuse what can never become a note, before a byte of it is read; an upload that the same key has created.

    Raises Unsupported, Invalid, NotFound, Conflict, KeyReused, SlowDown.
    """
    creation, rep, now = asked.upload, signed.rep, services.clock()
    if creation.key is not None and not 0 < len(creation.key) <= notes.LONGEST_KEY:
        raise Invalid(field="Idempotency-Key", reason=f"not 1 to {notes.LONGEST_KEY} characters")
    if not may_be_audio(creation.type):
        raise Unsupported(type=creation.type[:100])
    notes.check_fields(creation.fields, rep.zone, now)
    if known := uploads.known(session, rep.id, creation):
        return known
    client, activity = creation.fields.get("client"), creation.fields.get("activity")
    if client or activity:
        notes.check_destination(session, services.policy, rep, client, activity)
    if not asked.is_whole:
        uploads.check_room(session, signed.device_id, now)
    return None


async def create(request: Request, desk: Desk, asked: Create) -> Upload:
    """Create it, after `check`. Its bytes are safe and the upload can go on, or it is a note, when this returns.

    Raises what `complete_new`, `uploads.create` and `Reception.receive` raise.
    """
    if asked.size == 0 and not asked.is_last(0):
        return await run_in_threadpool(_begin, desk, asked, 0)
    cut: Exception | None = None
    with desk.writers.counted(desk.signed.device_id), desk.files.new(asked.upload.uid) as incoming:
        reception = Reception(incoming, desk.services.policy, asked.upload.length, asked.checksum)
        try:
            await reception.receive(request)
        except (ClientDisconnect, TooSlow) as error:
            # Only who has a key can find it again.
            if asked.upload.key is None or asked.checksum or not incoming.size:
                raise
            cut = error
        whole = cut is None and asked.is_last(incoming.size)
        upload = await run_in_threadpool(_complete if whole else _keep_beginning, desk, asked, incoming)
    if cut:
        raise cut
    return upload


def _complete(desk: Desk, asked: Create, incoming: Incoming) -> Upload:
    return complete_new(desk, asked.upload, incoming)


def _keep_beginning(desk: Desk, asked: Create, incoming: Incoming) -> Upload:
    incoming.force()
    desk.files.secure_names()
    return _begin(desk, asked, incoming.size)


def _begin(desk: Desk, asked: Create, size: int) -> Upload:
    with desk.services.database.transaction() as session:
        upload = uploads.create(session, desk.signed, asked.upload, desk.services.clock(), size=size)
    if upload.uid != asked.upload.uid:
        desk.files.remove(asked.upload.uid, 1)
    return upload
