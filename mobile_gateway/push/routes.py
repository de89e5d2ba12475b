"""Where a phone says that it wants to be told things."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, StringConstraints

from mobile_gateway.push.keys import public_key
from server.domain.push import LONGEST_ENDPOINT, Subscription
from server.usecases import push
from server.web.services import Given
from server.web.sign_in import signed_in

router = APIRouter(prefix="/api/v1", tags=["push"])

Encoded = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+={0,2}$", min_length=16, max_length=100)]


class Keys(BaseModel):
    """The browser's own keys in base64url."""

    p256dh: Encoded
    auth: Encoded


class Wanted(BaseModel):
    """A subscription as browsers write it (`PushSubscription.toJSON()`)."""

    endpoint: Annotated[str, StringConstraints(max_length=LONGEST_ENDPOINT)]
    keys: Keys


@router.get("/push")
def read_push(request: Request, services: Given) -> dict[str, Any]:
    """The key to subscribe with, and whether this device is subscribed."""
    signed = signed_in(request, services)
    with services.database.reading() as session:
        subscribed = push.subscribed(session, signed.device_id)
    return {"public_key": public_key(services.blobs.root), "subscribed": subscribed}


@router.post("/push", status_code=204)
def subscribe(request: Request, services: Given, wanted: Wanted) -> None:
    """Tell this device things from now on; raises Invalid for an endpoint at no push service."""
    signed = signed_in(request, services)
    subscription = Subscription(wanted.endpoint, wanted.keys.p256dh, wanted.keys.auth)
    with services.database.transaction() as session:
        push.subscribe(session, signed.device_id, subscription, services.clock())


@router.delete("/push", status_code=204)
def unsubscribe(request: Request, services: Given) -> None:
    """Leave this device in peace."""
    signed = signed_in(request, services)
    with services.database.transaction() as session:
        push.unsubscribe(session, signed.device_id)
