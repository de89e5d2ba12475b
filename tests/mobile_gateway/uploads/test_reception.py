"""How long a body may take, and what is made safe meanwhile."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from fastapi import Request
from starlette.requests import ClientDisconnect

from mobile_gateway.uploads.reception import Patience, Reception
from server.domain.errors import TooSlow
from server.domain.policy import Policy
from server.store.blobs import Blobs


def body_of(pieces: Sequence[bytes], pause: float = 0.0, length: int | None = None) -> Request:
    """A request whose body comes piece by piece, with a pause before each."""
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause)
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    headers = [(b"transfer-encoding", b"chunked")] if length is None else [(b"content-length", str(length).encode())]
    return Request({"type": "http", "method": "PATCH", "headers": headers}, receive)


def take(blobs: Blobs, request: Request, patience: Patience) -> tuple[int, list[int]]:
    """How much came, and where it stood each time it was made safe."""
    secured: list[int] = []

    async def receive() -> int:
        with blobs.incoming() as incoming:
            reception = Reception(incoming, Policy(), None, None, patience)

            async def secure() -> None:
                secured.append(incoming.size)

            await reception.receive(request, secure)
            return incoming.size

    return asyncio.run(receive()), secured


def test_silence_has_an_end(blobs: Blobs) -> None:
    """Without a byte for long enough the request is given up, however much time it had in all."""
    with pytest.raises(TooSlow):
        take(blobs, body_of([b"x", b"x"], pause=0.2), Patience(idle=0.05))


def test_each_byte_gives_new_patience(blobs: Blobs) -> None:
    """Many short pauses are no long one."""
    assert take(blobs, body_of([b"x"] * 10, pause=0.02), Patience(idle=0.15))[0] == 10


def test_a_trickle_is_given_up(blobs: Blobs) -> None:
    """Once the grace is over a body has to come at the slowest rate."""
    request = body_of([b"x"] * 50, pause=0.01)
    with pytest.raises(TooSlow):
        take(blobs, request, Patience(grace=0.05, slowest=1_000))


def test_a_request_has_an_age(blobs: Blobs) -> None:
    """However steadily it sends, it has to end some time."""
    with pytest.raises(TooSlow):
        take(blobs, body_of([bytes(1000)] * 50, pause=0.01), Patience(longest=0.05))


def test_a_long_body_is_made_safe_on_its_way(blobs: Blobs) -> None:
    """From time to time, at the size that it has then."""
    size, secured = take(blobs, body_of([b"xx"] * 4, pause=0.01), Patience(secure_every=0.0))
    assert (size, secured) == (8, [2, 4, 6, 8])


def test_less_than_was_announced_is_a_cut(blobs: Blobs) -> None:
    """However politely the stream ends."""
    with pytest.raises(ClientDisconnect):
        take(blobs, body_of([b"xx"], length=3), Patience())
