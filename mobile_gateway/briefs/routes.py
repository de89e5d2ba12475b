"""Briefs over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from mobile_gateway.briefs.forms import TYPES, Form, form_of, reply
from mobile_gateway.clients import client_json
from server.domain.briefs import Brief
from server.domain.people import Person
from server.domain.sentences import Language
from server.usecases import briefs, clients
from server.usecases.briefs import Asked
from server.web.phrases import phrases
from server.web.services import Given
from server.web.sign_in import reading_as

router = APIRouter(prefix="/api/v1", tags=["briefs"])

_CONTENT: dict[str, Any] = {media.split(";")[0]: {} for media in TYPES.values()}
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The brief", "content": _CONTENT},
    304: {"description": "The device has it already"},
}


@router.get("/clients/{ref:path}/brief", response_class=Response, responses=_RESPONSES)
def client_brief(
    request: Request,
    services: Given,
    ref: str,
    form: Annotated[Form | None, Query(alias="as")] = None,
    lang: Language | None = None,
) -> Response:
    """The brief of one client, by Accept or `?as=`, in the rep's language or `?lang=`."""
    with reading_as(request, services) as (session, signed):
        asked = Asked(signed.rep, services.policy, services.clock())
        wanted = form_of(request, form)
        found = briefs.brief(session, services.briefs, asked, ref)
    return _reply(request, found, wanted, signed.rep, lang)


@router.get(
    "/briefs", response_class=Response, responses=_RESPONSES | {300: {"description": "Several clients may be meant"}}
)
def find_brief(
    request: Request,
    services: Given,
    client: Annotated[str, Query(min_length=1, max_length=200)],
    form: Annotated[Form | None, Query(alias="as")] = None,
    lang: Language | None = None,
) -> Response:
    """The brief of the client that fits a name: 300 with candidates when several may be meant, 404 when none does."""
    with reading_as(request, services) as (session, signed):
        wanted = form_of(request, form)
        matches = clients.choose(session, signed.rep, services.policy, client)
        if len(matches) > 1:
            return JSONResponse({"candidates": [client_json(match.client) for match in matches]}, 300)
        asked = Asked(signed.rep, services.policy, services.clock())
        found = briefs.brief(session, services.briefs, asked, matches[0].client.ref)
    return _reply(request, found, wanted, signed.rep, lang)


def _reply(request: Request, found: Brief, form: str, reader: Person, lang: Language | None) -> Response:
    return reply(request, found, form, phrases(lang or reader.language, reader.timezone))
