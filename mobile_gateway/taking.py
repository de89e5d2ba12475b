"""Taking a note in, for the API and the pages alike: stream, sync, one transaction, and only then the reply."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from mobile_gateway.intake.bodies import Body, read_body
from server.domain.devices import Signed
from server.domain.errors import Invalid
from server.usecases import notes
from server.usecases.notes import Added, Taker
from server.web.services import Services


async def take(request: Request, services: Services, signed: Signed) -> Added:
    """Read the request's body and keep the note that it holds; what went wrong leaves nothing behind.

    Raises what `read_body`, `notes.draft` and `notes.take` raise.
    """
    with services.blobs.incoming() as incoming:
        body = await read_body(request, incoming, services.policy)
        return await run_in_threadpool(keep, services, signed, body, request.headers.get("idempotency-key"))


def keep(services: Services, signed: Signed, body: Body, key: str | None) -> Added:
    """Make a note that has been read durable: the recording is synced, then row and job are committed together."""
    if key is not None and not 0 < len(key) <= notes.LONGEST_KEY:
        raise Invalid(field="Idempotency-Key", reason=f"not 1 to {notes.LONGEST_KEY} characters")
    upload = body.recording.finish() if body.recording else None
    new = notes.draft(body.fields, signed.rep.zone, services.clock(), upload)
    taker = Taker(services.queue, services.blobs, services.policy, signed.rep, signed.device_id)
    return services.database.together(lambda session: notes.take(session, taker, new, upload=upload, key=key))
