"""Going on with an upload: take hold of it, write behind what is safe, make that safe, say so."""

from contextlib import suppress
from dataclasses import replace

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from mobile_gateway.uploads.completion import complete_held
from mobile_gateway.uploads.desk import Append, Desk
from mobile_gateway.uploads.reception import Reception, Secure
from mobile_gateway.uploads.writers import Writing
from server.domain.errors import CalepinError, Conflict, NotFound, TooLarge, TooSlow
from server.domain.uploads import Upload
from server.usecases import uploads
from server.usecases.notes import Incoming
from server.usecases.uploads import Claim


async def append(request: Request, desk: Desk, uid: str, asked: Append) -> Upload:
    """Add a request's bytes to an upload. They are safe, and it is a note if they were the last, when this returns.

    What came of a body that was cut off, or too slow, is kept; of any other that failed, nothing. Raises what
    `uploads.claim`, `Reception.receive` and `complete_held` raise, and Conflict when a later request took over.
    """
    if desk.writers.busy(uid):  # who stands at the wrong place must not stop who stands at the right one
        await run_in_threadpool(_check, desk, uid, asked)
    async with desk.writers.turn(uid, desk.signed.device_id) as writing:
        held = await run_in_threadpool(_claim, desk, uid, asked)
        try:
            with desk.files.writing(uid, held.number, held.offset, held.copies) as incoming:
                work = _Work(desk, held, incoming, asked)
                await work.receive(request, writing)
                return await run_in_threadpool(work.commit)
        except FileNotFoundError as error:  # a database that was restored without its files
            await run_in_threadpool(_give_up, desk, held)
            raise NotFound("upload-not-found") from error


def _check(desk: Desk, uid: str, asked: Append) -> None:
    with desk.services.database.reading() as session:
        upload = uploads.one(session, desk.signed.rep.id, uid, desk.services.clock())
    uploads.check_append(upload.offset, upload.length, asked.place, note=upload.note)


def _claim(desk: Desk, uid: str, asked: Append) -> Claim:
    with desk.services.database.transaction() as session:
        return uploads.claim(session, desk.signed.rep.id, uid, asked.place, desk.services.clock())


def _give_up(desk: Desk, held: Claim) -> None:
    with desk.services.database.transaction() as session:
        gone = uploads.give_up(session, held)
    if gone:
        desk.files.remove(held.uid)


class _Work:
    """One request's hold on an upload, its file open."""

    def __init__(self, desk: Desk, held: Claim, incoming: Incoming, asked: Append) -> None:
        self._desk = desk
        self._held = held
        self._incoming = incoming
        self._asked = asked
        self._named = held.copies is None and held.number != held.generation

    async def receive(self, request: Request, writing: Writing) -> None:
        """Read the body; when that fails, let go of the upload with what can be kept of it."""
        reception = Reception(self._incoming, self._desk.services.policy, self._held.length, self._asked.checksum)
        try:
            await writing.receive(reception.receive(request, self._secure))
        except (ClientDisconnect, TooSlow):
            await run_in_threadpool(self._let_go if self._asked.checksum else self._keep)
            raise
        except Conflict as error:
            keeps = error.values["keep"] and not self._asked.checksum
            await run_in_threadpool(self._keep if keeps else self._let_go)
            raise
        except TooLarge as error:
            if error.code == "overflow":
                await run_in_threadpool(self._let_go)
            else:
                await run_in_threadpool(_give_up, self._desk, self._held)
            raise
        except (CalepinError, OSError):
            await run_in_threadpool(self._let_go)
            raise
        except BaseException:  # the server ends: no thread can be waited for any more
            self._keep()
            raise

    @property
    def _secure(self) -> Secure | None:
        # Only what cannot turn out to be wrong at its end.
        if self._asked.place.size is None or self._asked.checksum:
            return None

        async def secure() -> None:
            await run_in_threadpool(self._advance, let_go=False)

        return secure

    def commit(self) -> Upload:
        """Make all of it safe; a note of it if it was the last."""
        if self._asked.is_last(self._incoming.size, self._held.length):
            try:
                return complete_held(self._desk, self._held, self._incoming)
            except FileNotFoundError as error:  # another process has finished the upload, and cleared up
                raise Conflict("upload-taken-over") from error
        return self._advance(let_go=True)

    def _advance(self, *, let_go: bool) -> Upload:
        desk, held, now = self._desk, self._held, self._desk.services.clock()
        if self._incoming.size > held.offset:
            self._incoming.force()
            if not self._named:
                desk.files.secure_names()
                self._named = True
        with desk.services.database.transaction() as session:
            uploads.advance(session, held, self._incoming.size, now, let_go=let_go)
            upload = uploads.one(session, desk.signed.rep.id, held.uid, now)
        if held.copies is not None and self._incoming.size > held.offset:
            desk.files.remove(held.uid, held.copies)
        self._held = replace(held, offset=self._incoming.size, copies=None)
        return upload

    def _keep(self) -> None:
        # A server that ends, or another request that was faster, is no fault of this one's sender.
        with suppress(CalepinError, SQLAlchemyError, OSError):
            self._advance(let_go=True)

    def _let_go(self) -> None:
        desk, held = self._desk, self._held
        with suppress(CalepinError, SQLAlchemyError, OSError):
            self._incoming.cut(held.offset)
            with desk.services.database.transaction() as session:
                uploads.advance(session, held, held.offset, desk.services.clock())
