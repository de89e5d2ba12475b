"""What a rep wants by mail, the secret mail address of this device, and the calendar feed."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from mobile_gateway.calendar.routes import address_of
from mobile_gateway.devices import WishChanges, new_mail_address
from mobile_gateway.pages.refusals import PageRoute
from mobile_gateway.pages.visitors import Sent, Visiting, Visitor
from mobile_gateway.pages.words import word
from server.domain.errors import Invalid
from server.domain.sentences import sentence
from server.domain.wording import Sentence
from server.usecases import feeds, people
from server.web.sign_in import place_of

router = APIRouter(route_class=PageRoute)

_NOTHING_NEW: Final = {"saved": False, "problem": None, "mail_address": "", "feed_address": ""}


@router.get("/settings")
def settings(visitor: Visiting) -> Response:
    """The forms, filled in as things are."""
    return _page(visitor)


@router.post("/settings")
def save(visitor: Visiting, sent: Sent) -> Response:
    """Change what the form says; 422 with the field that cannot be."""
    said = {name: sent[name].strip() or None for name in WishChanges.model_fields if name in sent}
    try:
        changes = WishChanges.model_validate(said).model_dump(exclude_unset=True)
    except ValidationError as error:
        return _page(visitor, 422, problem=_refused(visitor, str(error.errors()[0]["loc"][0])))
    with visitor.services.database.transaction() as session:
        people.amend_wishes(session, visitor.rep.id, changes)
    return _page(visitor, saved=True)


@router.post("/settings/mail-address")
def make_mail_address(visitor: Visiting, sent: Sent) -> Response:
    """A new secret address for this device, shown this once."""
    return _page(visitor, mail_address=new_mail_address(visitor.services, visitor.signed))


@router.post("/settings/calendar")
def change_feed(request: Request, visitor: Visiting, sent: Sent) -> Response:
    """A new address of the calendar feed, shown this once; or none any more."""
    now, place = visitor.now, place_of(request)
    with visitor.services.database.transaction() as session:
        if "end" in sent:
            feeds.end(session, visitor.rep, now, place)
            secret = ""
        else:
            secret = feeds.start(session, visitor.rep, now, place)
    return _page(visitor, feed_address=address_of(visitor.services, secret) if secret else "", saved=not secret)


def _refused(visitor: Visitor, field: str) -> Sentence:
    label, most = ("minutes", people.LONGEST_LEAD) if field == "brief_minutes" else ("hour", 23)
    language = visitor.rep.language
    refused = Invalid(field=word(language, label), reason=f"0–{most}")
    return sentence(refused.code, language, refused.values)


def _page(visitor: Visitor, status: int = 200, **shown: Any) -> Response:
    services = visitor.services
    with services.database.reading() as session:
        wishes = people.wishes(session, visitor.rep.id)
        feed_on = feeds.is_on(session, visitor.rep.id)
    mail = f"notes@{services.mail_domain}" if services.mail_domain else ""
    values = _NOTHING_NEW | {"wishes": wishes, "feed_on": feed_on, "mail": mail} | shown
    page = visitor.draw("settings.html", **values)
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})
