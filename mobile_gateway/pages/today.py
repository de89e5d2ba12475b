"""The rep's day, and completing what took place."""

from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from mobile_gateway.pages.agenda import MOST_IN_A_DAY, agenda, agenda_page
from mobile_gateway.pages.forms import number, query
from mobile_gateway.pages.listing import undecided_in_words
from mobile_gateway.pages.recording_form import recording_form
from mobile_gateway.pages.refusals import PageRoute
from mobile_gateway.pages.visitors import Sent, Visiting
from server.domain.errors import Invalid, NoteRequired
from server.usecases import activities
from server.web.cookie import remember
from server.web.sign_in import COOKIE

router = APIRouter(route_class=PageRoute)

FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2099, 12, 30)


@router.get("/")
def today(request: Request, visitor: Visiting) -> Response:
    """The activities of a day, today's without `?day=`; `?from=` continues a page on which not all of them fitted."""
    fields = query(request)
    shown = agenda(visitor, _day(fields.get("day", ""), visitor.today))
    start = number(fields, "from", min(MOST_IN_A_DAY, max(0, len(shown.activities) - 1)))
    response = HTMLResponse(agenda_page(visitor, shown, undecided_in_words(visitor), start))
    remember(response, visitor.services, request.cookies[COOKIE])
    return response


@router.post("/complete")
def complete(visitor: Visiting, sent: Sent) -> Response:
    """Complete the activity whose button was pressed; where it needs a note first, offer to record it right there."""
    # The button's name carries the reference: old browsers do not send a value other than what the button shows.
    ref = next((name.removeprefix("done:") for name in sent if name.startswith("done:")), None)
    if ref is None:
        raise Invalid(field="activity", reason="no button was pressed")
    try:
        with visitor.services.database.transaction() as session:
            done = activities.complete(session, visitor.rep, visitor.policy, ref)
    except NoteRequired as refused:
        return HTMLResponse(recording_form(visitor, activity=ref, problem=refused), 409)
    return RedirectResponse(f"/m/?day={visitor.phrases.today(done.starts_at)}", 303)


def _day(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if FIRST_DAY <= day <= LAST_DAY else otherwise
