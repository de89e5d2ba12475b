"""The calendar feed: a rep's agenda behind an address that only they know, with the brief inside each event."""

import hashlib
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from mobile_gateway.briefs.enclosed import as_text
from mobile_gateway.calendar.feed import FeedEntry, feed, uid_of
from server.domain.activities import State
from server.domain.errors import NotFound
from server.domain.people import Person
from server.usecases import briefs, feeds
from server.usecases.briefs import Asked
from server.usecases.feeds import Dated
from server.web.phrases import phrases
from server.web.services import Given, Services
from server.web.sign_in import place_of, signed_in

router = APIRouter(tags=["calendar"])

LONGEST_SECRET: Final = 100
MOST_BRIEFS: Final = 200
MINUTES: Final = 5  # for which a calendar program need not ask again


@router.post("/api/v1/me/calendar", status_code=201)
def start_feed(request: Request, services: Given) -> dict[str, Any]:
    """A new private address for the rep's agenda, shown this once; the one before is no good any more."""
    signed = signed_in(request, services)
    with services.database.transaction() as session:
        secret = feeds.start(session, signed.rep, services.clock(), place_of(request))
    return {"url": address_of(services, secret)}


@router.delete("/api/v1/me/calendar", status_code=204)
def end_feed(request: Request, services: Given) -> None:
    """No address is good any more."""
    signed = signed_in(request, services)
    with services.database.transaction() as session:
        feeds.end(session, signed.rep, services.clock(), place_of(request))


@router.api_route("/calendar/{secret}.ics", methods=["GET", "HEAD"], include_in_schema=False)
def read_feed(request: Request, services: Given, secret: str) -> Response:
    """The agenda as iCalendar (RFC 5545), from thirty days ago until ninety days ahead; 304 while it is the same.

    An address that is nobody's is not found, as anything else that does not exist.
    """
    if len(secret) > LONGEST_SECRET:
        raise NotFound
    with services.database.reading() as session:
        person = feeds.reader(session, secret)
        content = _written(session, services, person).encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={MINUTES * 60}"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="calepin.ics"'
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def address_of(services: Services, secret: str) -> str:
    """What a calendar program subscribes to."""
    return f"{services.public_url}/calendar/{secret}.ics"


def _written(session: Session, services: Services, person: Person) -> str:
    now = services.clock()
    asked = Asked(person, services.policy, now)
    written = phrases(person.language, person.timezone)
    host = services.public_url.partition("//")[2].partition(":")[0] or "calepin"
    left = MOST_BRIEFS
    entries = []
    for dated in feeds.agenda(session, person, services.policy, now):
        description = ""
        ahead = dated.activity.state is State.PLANNED and dated.activity.ends_at >= now
        if ahead and left:
            left -= 1
            brief = briefs.brief(session, services.briefs, asked, dated.activity.client_ref)
            description = as_text(brief, written, services.public_url)
        entries.append(_entry(dated, host, description))
    return feed(entries, "Calepin", person.language, person.zone)


def _entry(dated: Dated, host: str, description: str) -> FeedEntry:
    activity = dated.activity
    return FeedEntry(
        uid=uid_of(activity.ref, host),
        kind=activity.kind,
        client_name=activity.client_name,
        subject=activity.subject,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        state=activity.state,
        sequence=dated.revision,
        modified_at=dated.modified_at,
        description=description,
    )
