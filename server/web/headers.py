"""Around every reply: a request id, security headers, and one line in the log."""

import logging
import re
import secrets
import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.web.health import Figures

log = logging.getLogger("calepin.access")

SECURITY: Final = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GIVEN_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class Envelope:
    """ASGI middleware; `https` adds Strict-Transport-Security, `figures` counts the replies."""

    def __init__(self, app: ASGIApp, *, https: bool, figures: Figures) -> None:
        self.app = app
        self.figures = figures
        self.headers = SECURITY | ({"strict-transport-security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on to the application, dressing what it answers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.perf_counter()
        status = 500
        asked = scope["method"]
        if asked == "HEAD":  # RFC 9110 section 9.3.2: as GET, without the content
            scope = {**scope, "method": "GET"}  # a copy: the server keeps count by its own

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            elif asked == "HEAD" and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            await self.app(scope, receive, dressed)
        finally:
            spent = time.perf_counter() - began
            self.figures.requests.labels(asked if asked in _METHODS else "other", str(status)).inc()
            self.figures.seconds.observe(spent)
            # The route and not the path: a path may hold a one-time code or name a client.
            route = getattr(scope.get("route"), "path", "-")
            log.info("%s %s %d %.1f ms %s", asked, route, status, spent * 1000, request_id)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _GIVEN_ID.fullmatch(value):
            return bytes(value).decode()
    return secrets.token_hex(8)
