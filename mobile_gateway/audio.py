"""Recordings over HTTP: the form that the device can play, with ranges."""

import asyncio
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from mobile_gateway.intake.media import UNKNOWN
from mobile_gateway.negotiation import preferred
from server.domain.devices import Signed
from server.domain.errors import NotAcceptable, NotReady
from server.domain.notes import NoteState
from server.usecases import notes, renditions
from server.usecases.renditions import Heard
from server.web.services import Given, Services
from server.web.sign_in import signed_in

router = APIRouter(prefix="/api/v1", tags=["notes"])

Form = Literal["original", "opus", "aac", "mp3", "amr"]

WAIT_SECONDS: Final = 10.0
LOOK_EVERY: Final = 0.1


@router.get("/notes/{note_id}/audio", response_class=Response, responses={200: {"content": {"audio/*": {}}}})
async def play(
    request: Request,
    services: Given,
    note_id: str,
    form: Annotated[Form | None, Query(alias="as")] = None,
) -> Response:
    """The recording as `?as=` or Accept wants it; AAC, MP3 and AMR are made when first asked for, and kept."""
    signed = await run_in_threadpool(signed_in, request, services)
    heard = await run_in_threadpool(_heard, services, signed, note_id)
    wanted = form or _by_accept(request, heard)
    if wanted == "original":
        return _original(request, services, heard)
    if heard.state == NoteState.FAILED:
        raise NotAcceptable(forms="original")
    return await _rendition(request, services, heard, wanted)


def _heard(services: Services, signed: Signed, uid: str) -> Heard:
    with services.database.reading() as session:
        row = notes.recording(session, signed.rep, services.policy, uid)
        return renditions.heard(row)


def _by_accept(request: Request, heard: Heard) -> str:
    if heard.state == NoteState.FAILED:
        return "original"
    offers = dict(renditions.TYPES) | {"original": heard.type}
    chosen = preferred(request.headers.get("accept"), offers)
    if chosen is None:
        raise NotAcceptable(forms=", ".join(offers.values()))
    return chosen


def _original(request: Request, services: Services, heard: Heard) -> Response:
    # What nobody has recognised yet is handed out as bytes to save, never as something to open.
    known = heard.state == NoteState.PROCESSED
    media_type = heard.type if known else UNKNOWN
    path = services.blobs.original(heard.sha256)
    response = FileResponse(path, media_type=media_type, headers=_headers(heard, "original"))
    if not known:
        response.headers["Content-Disposition"] = 'attachment; filename="recording"'
    return _unless_known(request, response)


async def _rendition(request: Request, services: Services, heard: Heard, form: str) -> Response:
    path = await run_in_threadpool(renditions.ready, services.blobs, heard, form)
    if path is None:
        await run_in_threadpool(_order, services, heard, form)
        for _ in range(round(WAIT_SECONDS / LOOK_EVERY)):
            await asyncio.sleep(LOOK_EVERY)
            if path := await run_in_threadpool(renditions.ready, services.blobs, heard, form):
                break
        else:
            raise NotReady(seconds=5)
    return _unless_known(request, FileResponse(path, media_type=renditions.TYPES[form], headers=_headers(heard, form)))


def _order(services: Services, heard: Heard, form: str) -> None:
    if heard.state == NoteState.PROCESSED:
        with services.database.transaction() as session:
            renditions.order(session, services.queue, heard, form)


def _headers(heard: Heard, form: str) -> dict[str, str]:
    return {
        "ETag": f'"{heard.sha256[:32]}-{form}"',
        "Cache-Control": "private, max-age=86400",
        "Vary": "Accept, Authorization, Cookie",
    }


def _unless_known(request: Request, response: FileResponse) -> Response:
    tags = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if response.headers["etag"] not in tags and "*" not in tags:
        return response
    kept = {name: response.headers[name] for name in ("etag", "cache-control", "vary")}
    return Response(status_code=304, headers=kept)
