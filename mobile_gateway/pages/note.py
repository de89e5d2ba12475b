"""One note: what it says, how it stands, whose it is; and saying whose it is."""

from decimal import Decimal
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from mobile_gateway.markup import ROOMS, Room, fitting
from mobile_gateway.pages.belonging import belonging, choices, may_choose
from mobile_gateway.pages.forms import number, query
from mobile_gateway.pages.refusals import PageRoute
from mobile_gateway.pages.texts import part, readable
from mobile_gateway.pages.visitors import Sent, Visiting, Visitor
from server.domain import failures
from server.domain.brief_text import clean
from server.domain.errors import Invalid
from server.domain.promises import promises
from server.usecases import notes
from server.usecases.notes import LONGEST_TEXT, Shown

router = APIRouter(route_class=PageRoute)

LONGEST_QUERY: Final = 60
TEXT_ROOMS: Final = (3000, 2000, 1400, 1000, 700, 500, 350)


@router.get("/notes/{note_id}")
def read_note(request: Request, visitor: Visiting, note_id: str) -> Response:
    """The note; `?q=` looks for another client, `?at=` goes on reading a long text at that character."""
    fields = query(request)
    with visitor.services.database.reading() as session:
        shown = notes.one(session, visitor.rep, visitor.policy, note_id)
    at = number(fields, "at", 4 * LONGEST_TEXT) or 0
    if at:
        return HTMLResponse(_text_page(visitor, shown, at))
    return HTMLResponse(_note_page(visitor, shown, clean(fields.get("q", ""))[:LONGEST_QUERY]))


@router.post("/notes/{note_id}/none")
def belongs_to_none(visitor: Visiting, sent: Sent, note_id: str) -> Response:
    """Say that a note is about no client."""
    return _amend(visitor, note_id, None)


@router.post("/notes/{note_id}/client")
def choose_client(visitor: Visiting, sent: Sent, note_id: str) -> Response:
    """Confirm or correct whose note it is, by the button that was pressed."""
    ref = next((name.removeprefix("client:") for name in sent if name.startswith("client:")), None)
    if not ref:
        raise Invalid(field="client", reason="no button was pressed")
    return _amend(visitor, note_id, ref)


def _amend(visitor: Visitor, note_id: str, ref: str | None) -> Response:
    with visitor.services.database.transaction() as session:
        suggestions = notes.one(session, visitor.rep, visitor.policy, note_id).note.suggestions
        likely = {suggestion["client"]: suggestion["activity"] for suggestion in suggestions}
        changes = {"client": ref, "activity": likely.get(ref)}
        notes.amend(session, visitor.rep, visitor.policy, note_id, changes)
    return RedirectResponse(f"/m/notes/{note_id}", 303)


def _note_page(visitor: Visitor, shown: Shown, asked: str) -> str:
    note, language = shown.note, visitor.rep.language
    text = readable(note.text, note.transcript)
    whose = belonging(visitor, shown)
    offered = choices(visitor, shown, asked) if may_choose(visitor, shown) else None
    promised = _promised(visitor, shown, text)
    reasons = (failures.in_words(note.failure, language), failures.in_words(note.remark, language))

    def draw(room: Room) -> str:
        beginning, text_goes_on = part(text, 0, room.text)
        return visitor.draw(
            "note.html",
            note=note,
            when=_when(visitor, shown),
            by=shown.rep_name if shown.rep != visitor.rep.email else "",
            remarks=list(filter(None, reasons)),
            audio=f"/api/v1/notes/{note.uid}/audio" if note.blob else "",
            text=beginning,
            text_goes_on=text_goes_on,
            promised=promised[: room.entries],
            whose=whose,
            offered=offered,
            asked=asked,
            room=room,
        )

    return fitting(draw, ROOMS)


def _promised(visitor: Visitor, shown: Shown, text: str) -> list[str]:
    """“avant vendredi” and the like, each with the day or the amount that it means."""
    phrases, said_on = visitor.phrases, shown.note.recorded_at.astimezone(visitor.rep.zone).date()
    meant = (
        (each.said, phrases.day(each.day, visitor.today) if each.day else phrases.number(each.amount or Decimal(0)))
        for each in promises(text, said_on)
    )
    return [f"{said}: {value}" for said, value in meant if said != value]


def _text_page(visitor: Visitor, shown: Shown, at: int) -> str:
    text = readable(shown.note.text, shown.note.transcript)

    def draw(length: int) -> str:
        continued, text_goes_on = part(text, at, length)
        return visitor.draw(
            "note_text.html",
            note=shown.note,
            when=_when(visitor, shown),
            text=continued,
            text_goes_on=text_goes_on,
        )

    return fitting(draw, TEXT_ROOMS)


def _when(visitor: Visitor, shown: Shown) -> str:
    moment = shown.note.recorded_at
    return f"{visitor.phrases.day(moment, visitor.today)} {visitor.phrases.time(moment)}"
