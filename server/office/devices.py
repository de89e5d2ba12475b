"""Devices for the administrator's systems: invited, listed, quarantined, revoked."""

from typing import Annotated, Any, Literal

import segno
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from server.domain.devices import DeviceState
from server.domain.times import wire
from server.store import devices as stored
from server.store.tables.devices import DeviceRow
from server.usecases import devices
from server.usecases.devices import Invitation
from server.web.services import Given
from server.web.sign_in import integration, place_of

router = APIRouter(prefix="/office/api/v1", tags=["devices"])


class NewDevice(BaseModel):
    """The rep who is to enrol a device, by e-mail address."""

    rep: Annotated[str, Field(min_length=3, max_length=254)]


class DeviceChange(BaseModel):
    """The state that a device is put into."""

    state: Literal["active", "quarantined"]


@router.post("/devices", status_code=201)
def invite(request: Request, services: Given, new: NewDevice) -> dict[str, Any]:
    """A one-time code for one device of a rep, with the link and its QR code."""
    system = integration(request, services)
    with services.database.transaction() as session:
        invitation = devices.invite(session, new.rep, services.clock(), by=system, place=place_of(request))
    return invitation_json(invitation, services.public_url)


@router.get("/devices")
def list_devices(request: Request, services: Given) -> dict[str, Any]:
    """All devices, the last enrolled first."""
    integration(request, services)
    with services.database.reading() as session:
        return {"items": [_device_json(device, email) for device, email in stored.listed(session)]}


@router.patch("/devices/{device_id}")
def change_state(request: Request, services: Given, device_id: str, change: DeviceChange) -> dict[str, Any]:
    """Quarantine a device or release it, from its next request on."""
    system = integration(request, services)
    state = DeviceState(change.state)
    now, place = services.clock(), place_of(request)
    with services.database.transaction() as session:
        device = devices.change_state(session, device_id, state, now, by=system, place=place)
        return {"id": device.uid, "state": device.state}


@router.delete("/devices/{device_id}", status_code=204)
def revoke(request: Request, services: Given, device_id: str) -> Response:
    """End a device's credential for good, from its next request on."""
    system = integration(request, services)
    now, place = services.clock(), place_of(request)
    with services.database.transaction() as session:
        devices.change_state(session, device_id, DeviceState.REVOKED, now, by=system, place=place)
    return Response(status_code=204)


def invitation_json(invitation: Invitation, public_url: str) -> dict[str, Any]:
    """The code, the link that a browser opens to enrol itself, when both end, and the link as a QR code."""
    url = f"{public_url}/m/i/{invitation.code}"
    return {
        "code": invitation.code,
        "url": url,
        "expires_at": wire(invitation.expires_at),
        "qr_svg": segno.make(url, error="m").svg_inline(scale=4, border=2),
    }


def _device_json(device: DeviceRow, email: str) -> dict[str, Any]:
    return {
        "id": device.uid,
        "rep": email,
        "name": device.name,
        "platform": device.platform,
        "state": device.state,
        "created_at": wire(device.created_at),
        "last_seen_at": wire(device.last_seen_at),
        "last_address": device.last_address,
    }
