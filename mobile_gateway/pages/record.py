"""Recording a note by file upload, or writing one."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from mobile_gateway import taking
from mobile_gateway.intake.bodies import Body
from mobile_gateway.markup import in_path
from mobile_gateway.pages.forms import query
from mobile_gateway.pages.intake import read_recording_form
from mobile_gateway.pages.recording_form import recording_form
from mobile_gateway.pages.refusals import PageRoute, refusal
from mobile_gateway.pages.visitors import Visiting, Visitor
from server.domain.errors import Conflict, Invalid, KeyReused, NotFound, TooLarge, Unsupported
from server.usecases import clients, notes
from server.usecases.notes import Added

router = APIRouter(route_class=PageRoute)

DESTINATION: Final = ("client", "activity")


@router.get("/record")
def record(request: Request, visitor: Visiting) -> Response:
    """The form, for the client or the activity of the address, or for whichever it turns out to be."""
    fields = query(request)
    page = recording_form(visitor, client=fields.get("client", ""), activity=fields.get("activity", ""))
    return HTMLResponse(page)


@router.post("/record")
async def take(request: Request, visitor: Visiting) -> Response:
    """Keep the note, then show it. Whatever the form says about the client, a recording that has come is kept."""
    try:
        with visitor.services.blobs.incoming() as incoming:
            body = await read_recording_form(request, visitor, incoming)
            return await run_in_threadpool(_keep, visitor, body)
    except (TooLarge, Unsupported) as error:
        return refusal(request, error, hint="go-back")


def _keep(visitor: Visitor, body: Body) -> Response:
    fields = {name: value for name, value in body.fields.items() if name in ("text", *DESTINATION)}
    who = body.fields.get("who", "").replace("\x00", "").strip()[:100]
    if body.recording is None and not fields.get("text", "").strip():
        page = recording_form(
            visitor,
            client=fields.get("client", ""),
            activity=fields.get("activity", ""),
            who=who,
            problem=Invalid("nothing-sent"),
        )
        return HTMLResponse(page, 422)
    destination = _destination(visitor, fields, who)
    text = {"text": fields["text"]} if "text" in fields else {}
    added = _take(visitor, Body(text | destination, body.recording), body.fields.get("key"))
    ask = f"?q={in_path(who)}" if who and not destination else ""
    return RedirectResponse(f"/m/notes/{added.uid}{ask}", 303)


def _destination(visitor: Visitor, fields: dict[str, str], who: str) -> dict[str, str]:
    """The client and the activity that the form gives, if they are good; else the one client that the name fits.

    Nothing where it is not clear: the note's page asks for it once the recording is safe.
    """
    given = {name: fields[name] for name in DESTINATION if fields.get(name)}
    with visitor.services.database.reading() as session:
        try:
            notes.check_destination(session, visitor.policy, visitor.rep, given.get("client"), given.get("activity"))
            if given or not who:
                return given
            matches = clients.choose(session, visitor.rep, visitor.policy, who)
        except (NotFound, Conflict):
            return {}
    return {"client": matches[0].client.ref} if len(matches) == 1 else {}


def _take(visitor: Visitor, body: Body, key: str | None) -> Added:
    usable = key if key and len(key) <= notes.LONGEST_KEY else None
    try:
        return taking.keep(visitor.services, visitor.signed, body, usable)
    except KeyReused:
        # Somebody went back to the form and sent something else with it: another note, not a mistake.
        return taking.keep(visitor.services, visitor.signed, body, None)
