"""Notes for other systems: all of them, in the order they came in."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request

from server.domain.notes import LinkStatus
from server.store import notes
from server.web.notes import note_json
from server.web.paging import cursor_of, row_of
from server.web.services import Given
from server.web.sign_in import integration

router = APIRouter(prefix="/office/api/v1", tags=["notes"])


@router.get("/notes")
def list_notes(
    request: Request,
    services: Given,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
    link: LinkStatus | None = None,
) -> dict[str, Any]:
    """A page of notes, with rep and client as references; `next_cursor` continues it."""
    integration(request, services)
    policy = services.policy
    with services.database.reading() as session:
        page = notes.arrived(session, after=row_of(cursor), link=link, limit=limit)
        zone = ZoneInfo(policy.timezone)
        items = [note_json(shown, policy.language, zone) | {"rep": shown.rep, "client": shown.client} for shown in page]
    return {"items": items, "next_cursor": cursor_of(page[-1].note.id) if len(page) == limit else None}
