"""Requests to the application without a server between: bodies in pieces, cut off or kept waiting."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp


@dataclass
class Answer:
    """What came back; status 0 while nothing has."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Body:
    """A request's body: its pieces, and then `ending`: whole, cut off, or waiting until `go_on` is set.

    What waits is cut off then, unless it has `late` bytes to end with.
    """

    pieces: Sequence[bytes] = ()
    ending: str = "whole"
    late: bytes = b""
    taken: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)


async def ask(app: ASGIApp, method: str, path: str, headers: Mapping[str, str], body: Body | None = None) -> Answer:
    """One request from its first header to the end of the answer."""
    body, answer = body or Body(), Answer()
    left = list(body.pieces)

    async def receive() -> dict[str, Any]:
        if left:
            piece = left.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(left) or body.ending != "whole"}
        body.taken.set()
        if body.ending == "waiting":
            await body.go_on.wait()
        ends = body.ending == "whole" or body.late
        return {"type": "http.request", "body": body.late} if ends else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": raw,
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    return answer
