"""Signing the app in by a one-time code, and out: the credential stays in a cookie that no script can read."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, StringConstraints

from mobile_gateway.devices import Label, device_json, disconnect, enrol_device, rep_json
from server.web.cookie import forget, remember
from server.web.services import Given
from server.web.sign_in import check_same_site, signed_in

router = APIRouter()


class Code(BaseModel):
    """A one-time code, and what the device is called."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    name: Label = ""


@router.post("/sign-in", status_code=201)
def sign_in(request: Request, services: Given, sent: Code) -> Response:
    """Trade a code for the cookie; raises what `enrol_device` raises, and NotAllowed for another site's page."""
    check_same_site(request, services)
    platform = request.headers.get("user-agent", "")
    enrolled = enrol_device(request, services, sent.code, sent.name, platform)
    told: dict[str, Any] = {"device": device_json(enrolled.signed), "rep": rep_json(enrolled.signed)}
    response = JSONResponse(told, 201)
    remember(response, services, enrolled.token)
    return response


@router.post("/sign-out", status_code=204)
def sign_out(request: Request, services: Given) -> Response:
    """Revoke the device and have the browser drop everything that the app keeps there."""
    disconnect(request, services, signed_in(request, services))
    response = Response(status_code=204, headers={"Clear-Site-Data": '"cache", "storage"'})
    forget(response, services)
    return response
