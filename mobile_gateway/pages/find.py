"""Finding a client, and the brief."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from mobile_gateway.briefs.html import fitted
from mobile_gateway.markup import fitting_list
from mobile_gateway.pages.forms import number, query
from mobile_gateway.pages.refusals import PageRoute
from mobile_gateway.pages.visitors import Visiting
from mobile_gateway.pages.words import word
from server.domain.brief_text import clean
from server.usecases import briefs, clients
from server.usecases.briefs import Asked

router = APIRouter(route_class=PageRoute)

LONGEST_QUERY: Final = 60
MOST_ON_A_PAGE: Final = 12
FURTHEST: Final = 2_000


@router.get("/find")
def find(request: Request, visitor: Visiting) -> Response:
    """The clients that fit `?q=`, the best first, typing errors forgiven; without it all of them by name."""
    fields = query(request)
    asked = clean(fields.get("q", ""))[:LONGEST_QUERY]
    start = number(fields, "from", FURTHEST) or 0
    with visitor.services.database.reading() as session:
        matches = clients.find(session, visitor.rep, visitor.policy, asked, start + MOST_ON_A_PAGE + 1)
    found = [match.client for match in matches[start:]]

    def draw(count: int) -> str:
        more = start + count if count < len(found) else None
        return visitor.draw("find.html", asked=asked, clients=found[:count], more=more)

    return HTMLResponse(fitting_list(draw, len(found), MOST_ON_A_PAGE))


@router.get("/clients/{ref:path}")
def client_brief(visitor: Visiting, ref: str) -> Response:
    """The client's brief."""
    asked = Asked(visitor.rep, visitor.policy, visitor.now)
    with visitor.services.database.reading() as session:
        found = briefs.brief(session, visitor.services.briefs, asked, ref)
    record_words = word(visitor.rep.language, "record-for-client")
    page = fitted(
        found,
        visitor.phrases,
        lambda values: visitor.draw("client.html", record=ref, record_words=record_words, **values),
    )
    return HTMLResponse(page)
