"""Notes over HTTP: taken, listed, read, corrected."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from mobile_gateway import taking
from server.domain.devices import Signed
from server.domain.errors import Invalid
from server.domain.notes import LinkStatus
from server.domain.times import read_instant
from server.usecases import notes
from server.web.notes import note_json
from server.web.paging import cursor_of, row_of
from server.web.services import Given, Services
from server.web.sign_in import signed_in

router = APIRouter(prefix="/api/v1", tags=["notes"])

_FIELDS = ("text", "client", "activity", "recorded_at", "device_time", "phone", "lat", "lon")
_FORM_SCHEMA = {
    "type": "object",
    "properties": {"audio": {"type": "string", "format": "binary"}} | {name: {"type": "string"} for name in _FIELDS},
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": _FORM_SCHEMA},
            "audio/*": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class NoteChanges(BaseModel):
    """What a person says about a note; a null client means that it is about none."""

    client: str | None = Field(None, max_length=100)
    activity: str | None = Field(None, max_length=100)
    text: str | None = Field(None, max_length=notes.LONGEST_TEXT)


@router.post("/notes", status_code=201, openapi_extra=_BODY, responses={200: {"description": "The same note again"}})
async def take_note(request: Request, services: Given) -> Response:
    """Take a note: a form with `audio` and/or `text`, or a raw recording with the fields in the query.

    201 once it is durable; 200 and the same note when it came before (same Idempotency-Key, or same bytes).
    """
    signed = await run_in_threadpool(signed_in, request, services)
    taken = await taking.take(request, services, signed)
    if taken.note:
        told = note_json(notes.just_taken(signed.rep, taken.note), signed.rep.language, signed.rep.zone)
    else:
        told = await run_in_threadpool(_shown, services, signed, taken.uid)
    return JSONResponse(told, 201 if taken.created else 200, {"Location": f"/api/v1/notes/{taken.uid}"})


@router.get("/notes")
def list_notes(
    request: Request,
    services: Given,
    link: LinkStatus | None = None,
    since: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> dict[str, Any]:
    """The rep's own notes, the last recorded first."""
    signed = signed_in(request, services)
    rep = signed.rep
    start: datetime | None = read_instant(since, rep.zone, "since") if since else None
    with services.database.reading() as session:
        page = notes.listed(session, rep, services.policy, link=link, since=start, before=row_of(cursor), limit=limit)
        items = [note_json(shown, rep.language, rep.zone) for shown in page]
    return {"items": items, "next_cursor": cursor_of(page[-1].note.id) if len(page) == limit else None}


@router.get("/notes/{note_id}")
def read_note(request: Request, services: Given, note_id: str) -> dict[str, Any]:
    """One note that the rep may see."""
    return _shown(services, signed_in(request, services), note_id)


@router.patch("/notes/{note_id}")
def amend_note(request: Request, services: Given, note_id: str, changes: NoteChanges) -> dict[str, Any]:
    """Confirm or correct: `client` and `activity` by reference, `text`. It is remembered as a person's word."""
    signed = signed_in(request, services)
    said = changes.model_dump(exclude_unset=True)
    if not said:
        raise Invalid(field="client", reason="nothing to change")
    rep = signed.rep
    with services.database.transaction() as session:
        shown = notes.amend(session, rep, services.policy, note_id, said)
        return note_json(shown, rep.language, rep.zone)


def _shown(services: Services, signed: Signed, uid: str) -> dict[str, Any]:
    rep = signed.rep
    with services.database.reading() as session:
        return note_json(notes.one(session, rep, services.policy, uid), rep.language, rep.zone)
