"""My notes: the list."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from mobile_gateway.markup import fitting_list
from mobile_gateway.pages.forms import query
from mobile_gateway.pages.listing import undecided
from mobile_gateway.pages.refusals import PageRoute
from mobile_gateway.pages.visitors import Visiting, Visitor
from mobile_gateway.pages.words import word
from server.domain import failures
from server.domain.errors import Invalid
from server.domain.notes import LinkStatus, NoteState
from server.usecases import notes
from server.usecases.notes import Shown
from server.web.paging import cursor_of, row_of

router = APIRouter(route_class=PageRoute)

MOST_ON_A_PAGE: Final = 12
OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as the list shows it."""

    id: str
    when: str
    length: str
    client: str
    words: str
    states: tuple[str, ...]


@router.get("/notes")
def my_notes(request: Request, visitor: Visiting) -> Response:
    """The visitor's own notes, the last recorded first; `?link=open` for those whose client is not sure."""
    fields = query(request)
    link = fields.get("link", "")
    if link not in ("", OPEN, *LinkStatus):
        raise Invalid(field="link", reason=f"not one of {OPEN}, {', '.join(LinkStatus)}")
    found = _listed(visitor, link, row_of(fields.get("cursor")))
    entries = [_entry(shown, visitor) for shown in found]

    def draw(count: int) -> str:
        more = cursor_of(found[count - 1].note.id) if count < len(found) else None
        return visitor.draw("notes.html", entries=entries[:count], link=link, more=more)

    return HTMLResponse(fitting_list(draw, len(found), MOST_ON_A_PAGE))


def _listed(visitor: Visitor, link: str, before: int | None) -> list[Shown]:
    limit = MOST_ON_A_PAGE + 1
    with visitor.services.database.reading() as session:
        if link == OPEN:
            return undecided(session, visitor, before, limit)
        status = LinkStatus(link) if link else None
        return notes.listed(session, visitor.rep, visitor.policy, link=status, before=before, limit=limit)


def _entry(shown: Shown, visitor: Visitor) -> Entry:
    note, phrases = shown.note, visitor.phrases
    return Entry(
        id=note.uid,
        when=f"{phrases.day(note.recorded_at, visitor.today)} {phrases.time(note.recorded_at)}",
        length=phrases.length(note.seconds) if note.seconds else "",
        client=_client(shown, visitor),
        words=note.text or note.transcript or "",
        states=_states(shown, visitor),
    )


def _client(shown: Shown, visitor: Visitor) -> str:
    if shown.client_name:
        return shown.client_name
    language = visitor.rep.language
    if shown.note.link_status == LinkStatus.CONFIRMED:
        return word(language, "no-client")
    return "" if shown.note.state == NoteState.RECEIVED else word(language, "undecided")


def _states(shown: Shown, visitor: Visitor) -> tuple[str, ...]:
    note, language = shown.note, visitor.rep.language
    if note.state == NoteState.RECEIVED:
        return (word(language, "received-short"),)
    if note.state == NoteState.FAILED:
        reason = failures.in_words(note.failure, language)
        return (reason or word(language, "failed-short"),)
    return ()
