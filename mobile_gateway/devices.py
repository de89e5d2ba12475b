"""Enrolment, and what a device asks about itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from server.domain.devices import DeviceState, Signed
from server.domain.errors import Invalid, NotAllowed, NotFound
from server.domain.letters import Receipt, Wishes
from server.usecases import devices, mails, people
from server.usecases.devices import Enrolled
from server.web.cookie import remember
from server.web.services import Given, Services
from server.web.sign_in import COOKIE, place_of, reading_as, signed_in

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


class WishChanges(BaseModel):
    """What a rep wants by mail: no brief before meetings with 0 minutes, no digest with a null hour."""

    receipt: Receipt = Receipt.TROUBLE
    brief_minutes: Annotated[int, Field(ge=0, le=people.LONGEST_LEAD)] = 15
    digest_hour: Annotated[int, Field(ge=0, le=23)] | None = None


@router.post("/enrolments", status_code=201)
def enrol(request: Request, services: Given, enrolment: Enrolment) -> dict[str, Any]:
    """Trade a one-time code for a credential; the token is shown this once."""
    enrolled = enrol_device(request, services, enrolment.code, enrolment.name, enrolment.platform)
    signed = enrolled.signed
    told = {"token": enrolled.token, "device": device_json(signed), "rep": rep_json(signed)}
    if services.mail_domain:
        told["mail_address"] = new_mail_address(services, signed)
    return told


@router.get("/me")
def me(request: Request, response: Response, services: Given) -> dict[str, Any]:
    """The rep, the device, what the rep wants by mail, and the policy; renews the cookie of a browser."""
    with reading_as(request, services) as (session, signed):
        told = _me(services, signed, people.wishes(session, signed.rep.id))
    if COOKIE in request.cookies and "authorization" not in request.headers:
        remember(response, services, request.cookies[COOKIE])
    return told


@router.patch("/me")
def amend_me(request: Request, services: Given, changes: WishChanges) -> dict[str, Any]:
    """Change what the rep wants by mail: receipts, the brief before a meeting, the morning's digest."""
    signed = signed_in(request, services)
    said = changes.model_dump(exclude_unset=True)
    if not said:
        raise Invalid(field="receipt", reason="nothing to change")
    with services.database.transaction() as session:
        wishes = people.amend_wishes(session, signed.rep.id, said)
    return _me(services, signed, wishes)


@router.post("/me/mail-address", status_code=201)
def make_mail_address(request: Request, services: Given) -> dict[str, str]:
    """A new secret mail address for this device, shown this once; the one before is no good any more."""
    return {"mail_address": new_mail_address(services, signed_in(request, services))}


def new_mail_address(services: Services, signed: Signed) -> str:
    """Make the address from which nothing has to be proved: who knows it is the device. NotFound without mail."""
    if not services.mail_domain:
        raise NotFound("no-mail")
    with services.database.transaction() as session:
        secret = mails.new_address(session, signed.device_id)
    return f"notes+{secret}@{services.mail_domain}"


def _me(services: Services, signed: Signed, wishes: Wishes) -> dict[str, Any]:
    policy = services.policy
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
        "mail": {
            "address": f"notes@{services.mail_domain}" if services.mail_domain else None,
            "receipt": wishes.receipt,
            "brief_minutes": wishes.brief_minutes,
            "digest_hour": wishes.digest_hour,
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


def disconnect(request: Request, services: Services, signed: Signed) -> None:
    """Revoke the device that asks for it: a copy of its credential is worth nothing afterwards."""
    with services.database.transaction() as session:
        devices.change_state(
            session,
            signed.device,
            DeviceState.REVOKED,
            services.clock(),
            by=signed.rep.email,
            place=place_of(request),
        )


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
