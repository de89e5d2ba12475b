"""Enrolment, and what a device asks about itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, StringConstraints

from server.domain.devices import Signed
from server.domain.errors import NotAllowed
from server.usecases import devices
from server.usecases.devices import Enrolled
from server.web.cookie import remember
from server.web.services import Given, Services
from server.web.sign_in import COOKIE, place_of, signed_in

router = APIRouter(prefix="/api/v1", tags=["devices"])

AUDIO_TYPES = (
    "audio/amr",
    "audio/amr-wb",
    "audio/3gpp",
    "audio/mp4",
    "audio/aac",
    "audio/ogg",
    "audio/webm",
    "audio/mpeg",
    "audio/flac",
    "audio/wav",
    "audio/x-caf",
    "audio/qcelp",
)

Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class Enrolment(BaseModel):
    """A one-time code, and what the device calls itself."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    name: Label = ""
    platform: Label = ""


@router.post("/enrolments", status_code=201)
def enrol(request: Request, services: Given, enrolment: Enrolment) -> dict[str, Any]:
    """Trade a one-time code for a credential; the token is shown this once."""
    enrolled = enrol_device(request, services, enrolment.code, enrolment.name, enrolment.platform)
    signed = enrolled.signed
    return {"token": enrolled.token, "device": device_json(signed), "rep": rep_json(signed)}


@router.get("/me")
def me(request: Request, response: Response, services: Given) -> dict[str, Any]:
    """The rep, the device and the policy that holds for it; renews the cookie of a browser."""
    signed = signed_in(request, services)
    policy = services.policy
    if COOKIE in request.cookies and "authorization" not in request.headers:
        remember(response, services, request.cookies[COOKIE])
    return {
        "rep": rep_json(signed),
        "device": device_json(signed),
        "policy": {
            "longest_note_seconds": policy.longest_note,
            "largest_upload_bytes": policy.largest_upload,
            "types": AUDIO_TYPES,
            "language": signed.rep.language,
            "note_required": sorted(policy.note_required),
            "encrypt_offline": policy.encrypt_offline,
        },
    }


def enrol_device(request: Request, services: Services, code: str, name: str, platform: str) -> Enrolled:
    """Enrol, for the API and the pages alike: raises SlowDown after too many wrong codes, NotAllowed for a bad one."""
    now, place = services.clock(), place_of(request)
    with services.database.transaction() as session:
        devices.check_pace(session, place, now)
        # A wrong code is counted in this transaction, so it must end well before it is refused.
        enrolled = devices.enrol(session, code, _clean(name) or "device", _clean(platform), now, place)
    if enrolled is None:
        raise NotAllowed("code-not-good")
    request.state.language = enrolled.signed.rep.language
    return enrolled


def _clean(label: str) -> str:
    return "".join(mark for mark in label if mark.isprintable())[:100].strip()


def device_json(signed: Signed) -> dict[str, Any]:
    """A device as the wire shows it to itself."""
    return {"id": signed.device, "name": signed.device_name, "platform": signed.platform, "state": "active"}


def rep_json(signed: Signed) -> dict[str, Any]:
    """The rep as the wire shows them to themselves."""
    rep = signed.rep
    return {
        "email": rep.email,
        "name": rep.name,
        "language": rep.language,
        "timezone": rep.timezone,
        "roles": sorted(rep.roles),
    }
