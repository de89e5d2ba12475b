"""Resumable uploads over HTTP. The credential, the version and every header are looked at before the body."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool

from mobile_gateway.uploads import creation, httpbis, tus
from mobile_gateway.uploads.answers import PATH
from mobile_gateway.uploads.appending import append
from mobile_gateway.uploads.description import ASKING, CREATING, GOING_ON
from mobile_gateway.uploads.desk import Create, Desk
from mobile_gateway.uploads.reception import announced_size
from mobile_gateway.uploads.refusals import refusing
from mobile_gateway.uploads.writers import Writers
from server.domain.errors import Conflict
from server.domain.uploads import Upload
from server.usecases import notes, uploads
from server.usecases.uploads import UploadFiles
from server.web.notes import note_json
from server.web.services import Given, Services
from server.web.sign_in import reading_as, signed_in

router = APIRouter(prefix=PATH, tags=["uploads"])


async def writers_of(request: Request) -> Writers:
    """The requests of this process that write to uploads."""
    writers: Writers = request.app.state.writers
    return writers


Live = Annotated[Writers, Depends(writers_of)]


@router.options("", status_code=204)
async def tell_abilities(services: Given) -> Response:
    """What can be done here, in both languages; it takes no credential."""
    policy = services.policy
    methods = {"Allow": "OPTIONS, POST, HEAD, PATCH, DELETE"}
    return Response(status_code=204, headers=tus.abilities(policy) | httpbis.abilities(policy) | methods)


@router.options("/{uid}", status_code=204)
async def tell_abilities_of_one(services: Given, uid: str) -> Response:
    """The same of an upload; whether there is one is not told."""
    return await tell_abilities(services)


@router.post("", status_code=201, openapi_extra=CREATING)
@refusing
async def create_upload(request: Request, services: Given, writers: Live) -> Response:
    """Create an upload; its body, if there is one, is its first bytes or all of them."""
    desk, asked, known = await run_in_threadpool(_admit_creation, request, services, writers)
    upload = known or await creation.create(request, desk, asked)
    if httpbis.is_spoken(request):
        answer = (await _teller(desk, upload)).created(upload)
    else:
        answer = tus.created(upload, with_body=asked.size != 0)
    if known and asked.size != 0:
        answer.headers["Connection"] = "close"  # what is there goes on from its offset; the body is not read
    return answer


@router.get("/{uid}", openapi_extra=ASKING)
@refusing
async def tell_progress(request: Request, services: Given, writers: Live, uid: str) -> Response:
    """How far an upload is. Whoever asks wants to go on: a request that still writes to it is stopped first."""
    desk = await run_in_threadpool(_admit, request, services, writers)
    upload = await run_in_threadpool(_one, desk, uid)
    if writers.busy(uid):
        await writers.interrupt(uid, keep=True)
        upload = await run_in_threadpool(_one, desk, uid)
    if httpbis.is_spoken(request):
        return httpbis.Teller(services.policy, services.clock()).told(upload)
    return tus.told(upload)


@router.patch("/{uid}", status_code=204, openapi_extra=GOING_ON)
@refusing
async def append_to_upload(request: Request, services: Given, writers: Live, uid: str) -> Response:
    """Go on with an upload."""
    desk = await run_in_threadpool(_admit, request, services, writers)
    if httpbis.is_spoken(request):
        upload = await append(request, desk, uid, httpbis.read_append(request, services.policy))
        return (await _teller(desk, upload)).appended(upload)
    try:
        upload = await append(request, desk, uid, tus.read_append(request, services.policy))
    except Conflict as error:
        if error.code != "upload-completed" or announced_size(request) != 0:
            raise
        upload = await run_in_threadpool(_one, desk, uid)  # asked once more what it has been told already
    return tus.appended(upload)


@router.delete("/{uid}", status_code=204, openapi_extra=ASKING)
@refusing
async def terminate_upload(request: Request, services: Given, writers: Live, uid: str) -> Response:
    """Give an upload up; a note that it has become stays."""
    desk = await run_in_threadpool(_admit, request, services, writers)
    await run_in_threadpool(_one, desk, uid)
    await writers.interrupt(uid, keep=False)
    await run_in_threadpool(_terminate, desk, uid)
    return Response(status_code=204, headers=httpbis.SPOKEN if httpbis.is_spoken(request) else tus.SPOKEN)


_OVERRIDES = {"PATCH": append_to_upload, "DELETE": terminate_upload, "HEAD": tell_progress}


@router.post("/{uid}", include_in_schema=False)
async def do_something_else(request: Request, services: Given, writers: Live, uid: str) -> Response:
    """The other methods for clients that can only POST, by X-HTTP-Method-Override."""
    wanted = _OVERRIDES.get(request.headers.get("x-http-method-override", "").upper())
    if wanted is None:
        raise HTTPException(405, headers={"Allow": "OPTIONS, HEAD, PATCH, DELETE"})
    return await wanted(request=request, services=services, writers=writers, uid=uid)


def _admit(request: Request, services: Services, writers: Writers) -> Desk:
    signed = signed_in(request, services)
    if not httpbis.is_spoken(request):
        tus.check_version(request)
    return Desk(services, writers, UploadFiles(services.blobs.root), signed)


def _admit_creation(request: Request, services: Services, writers: Writers) -> tuple[Desk, Create, Upload | None]:
    with reading_as(request, services) as (session, signed):
        if httpbis.is_spoken(request):
            asked = httpbis.read_creation(request, services.policy)
        else:
            tus.check_version(request)
            asked = tus.read_creation(request, services.policy)
        known = creation.check(session, services, signed, asked)
    return Desk(services, writers, UploadFiles(services.blobs.root), signed), asked, known


def _one(desk: Desk, uid: str) -> Upload:
    with desk.services.database.reading() as session:
        return uploads.one(session, desk.signed.rep.id, uid, desk.services.clock())


def _terminate(desk: Desk, uid: str) -> None:
    with desk.services.database.transaction() as session:
        uploads.terminate(session, desk.signed.rep.id, uid, desk.services.clock())
    desk.files.remove(uid)


async def _teller(desk: Desk, upload: Upload) -> httpbis.Teller:
    note = await run_in_threadpool(_note, desk, upload.note) if upload.note else None
    return httpbis.Teller(desk.services.policy, desk.services.clock(), note)


def _note(desk: Desk, uid: str) -> dict[str, Any]:
    rep = desk.signed.rep
    with desk.services.database.reading() as session:
        return note_json(notes.one(session, rep, desk.services.policy, uid), rep.language, rep.zone)
