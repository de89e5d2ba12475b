"""The audit log for the auditor's systems."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from server.domain.times import wire
from server.store import audit
from server.web.paging import cursor_of, row_of
from server.web.services import Given
from server.web.sign_in import integration

router = APIRouter(prefix="/office/api/v1", tags=["audit"])


@router.get("/audit")
def list_acts(
    request: Request,
    services: Given,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> dict[str, Any]:
    """Who did what to which object, from where; the last first."""
    integration(request, services)
    with services.database.reading() as session:
        page = audit.latest(session, before=row_of(cursor), limit=limit)
    items = [
        {
            "at": wire(act.at),
            "who": act.who,
            "from": act.place or None,
            "action": act.action,
            "object": act.object or None,
            "detail": act.detail,
        }
        for act in page
    ]
    return {"items": items, "next_cursor": cursor_of(page[-1].id) if len(page) == limit else None}
