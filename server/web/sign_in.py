"""Who is asking: a device's token from the Authorization header or the pages' cookie, or an integration key."""

import base64
import binascii
import hashlib
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import Request
from sqlalchemy.orm import Session

from server.domain.devices import Signed
from server.domain.errors import NotAllowed, NotSignedIn
from server.usecases import devices, keys
from server.web.services import Services

COOKIE: Final = "calepin"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def signed_in(request: Request, services: Services) -> Signed:
    """The device that sends this request, with its rep. Reads the headers only, never the body.

    Raises NotSignedIn, or NotAllowed for a device in quarantine and for a form that another site's page sent.
    """
    with reading_as(request, services) as (_, signed):
        return signed


@contextmanager
def reading_as(request: Request, services: Services) -> Iterator[tuple[Session, Signed]]:
    """A session that only reads, and whoever sends this request: who it is and what they ask, in one go.

    Raises what `signed_in` raises.
    """
    token, by_cookie = _token(request)
    if token is None:
        raise NotSignedIn
    if by_cookie and request.method not in SAFE_METHODS:
        check_same_site(request, services)
    now = services.clock()
    with services.database.reading() as session:
        signed, due = devices.recognise(session, token, now)
        request.state.language = signed.rep.language
        yield session, signed
    if due:
        with services.database.transaction() as session:
            devices.seen(session, signed.device_id, now, place_of(request))


def integration(request: Request, services: Services) -> str:
    """The name of the system that sends this request by its integration key, or NotSignedIn."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise NotSignedIn("key-not-known")
    with services.database.reading() as session:
        return keys.recognise(session, key.strip())


def check_same_site(request: Request, services: Services) -> None:
    """Raises NotAllowed when a browser says that another site's page sent this.

    Old browsers say nothing; their forms carry `form_token`, and cookies do not travel across sites in newer ones.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise NotAllowed("cross-site")
    origin = request.headers.get("origin")
    if origin is None:
        return
    own = {services.public_url, f"{request.url.scheme}://{request.headers.get('host', '')}"}
    if origin not in own:
        raise NotAllowed("cross-site")


def form_token(token: str) -> str:
    """What a page's forms carry to show that they come from a page of ours: nobody else can work it out."""
    return hashlib.sha256(b"form:" + token.encode()).hexdigest()[:32]


def place_of(request: Request) -> str:
    """Where a request comes from: the address, or for IPv6 the network that one customer usually holds (a /64)."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host[:64]
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _token(request: Request) -> tuple[str | None, bool]:
    header = request.headers.get("authorization")
    if header is None:
        return request.cookies.get(COOKIE), True
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None, False
    if scheme.lower() == "basic":
        return _basic_password(value), False
    return None, False


def _basic_password(value: str) -> str | None:
    try:
        decoded = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return decoded.partition(":")[2] or None
