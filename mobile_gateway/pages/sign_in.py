"""Signing in by an invitation, and out."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from mobile_gateway.devices import disconnect, enrol_device
from mobile_gateway.pages import layout
from mobile_gateway.pages.forms import read_small
from mobile_gateway.pages.refusals import PageRoute
from mobile_gateway.pages.visitors import Sent, Visiting
from server.web.cookie import forget, remember
from server.web.problems import language_of
from server.web.services import Given, Services
from server.web.sign_in import check_same_site

router = APIRouter(route_class=PageRoute)

LONGEST_CODE: Final = 100

Fields = Annotated[dict[str, str], Depends(read_small)]


@router.get("/i/{code}")
def invitation(request: Request, code: str) -> Response:
    """What an invitation link opens. Looking at it changes nothing: programs that preview links look, too."""
    return HTMLResponse(layout.draw("invitation.html", language_of(request), signed=False, code=code[:LONGEST_CODE]))


@router.post("/i/{code}")
def accept_invitation(request: Request, services: Given, code: str, fields: Fields) -> Response:
    """Connect the device by the link's code."""
    return _enrol(request, services, code, fields)


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """The form for a code."""
    return HTMLResponse(layout.draw("sign_in.html", language_of(request), signed=False))


@router.post("/sign-in")
def sign_in(request: Request, services: Given, fields: Fields) -> Response:
    """Connect the device by a code that was typed."""
    return _enrol(request, services, fields.get("code", ""), fields)


@router.get("/sign-out")
def sign_out_page(visitor: Visiting) -> Response:
    """Ask before the device is disconnected."""
    return HTMLResponse(visitor.draw("sign_out.html"))


@router.post("/sign-out")
def sign_out(request: Request, visitor: Visiting, sent: Sent) -> Response:
    """Forget the device here and revoke it there: a copy of its cookie is worth nothing afterwards."""
    disconnect(request, visitor.services, visitor.signed)
    response = HTMLResponse(layout.draw("signed_out.html", visitor.rep.language, signed=False))
    forget(response, visitor.services)
    return response


def _enrol(request: Request, services: Services, code: str, fields: dict[str, str]) -> Response:
    check_same_site(request, services)
    platform = request.headers.get("user-agent", "")
    enrolled = enrol_device(request, services, code[:LONGEST_CODE], fields.get("name", ""), platform)
    response = RedirectResponse("/m/", 303)
    remember(response, services, enrolled.token)
    return response
