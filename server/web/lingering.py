"""Hanging up on a sender whose body is not wanted, in such a way that it hears why."""

import asyncio
from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST: Final = 5.0  # seconds


class Lingering:
    """ASGI middleware: after a reply with `Connection: close`, what still comes of the body is read and thrown away.

    A socket that is closed over unread bytes is reset, and many clients give up on a reset before they read the
    refusal that came first (RFC 9112 section 9.6). Whoever has not stopped after five seconds is cut off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on to the application; the reply is whole at the client before the wait begins."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        over = closing = False

        async def receiving() -> Message:
            nonlocal over
            message = await receive()
            over = not message.get("more_body", False)
            return message

        async def sending(message: Message) -> None:
            nonlocal closing
            if message["type"] == "http.response.start":
                closing = Headers(raw=message["headers"]).get("connection") == "close"
            elif closing and not message.get("more_body", False):
                await send({**message, "more_body": True})
                with suppress(TimeoutError):
                    async with asyncio.timeout(LONGEST):
                        while not over:
                            await receiving()
                message = {"type": "http.response.body", "body": b""}
            await send(message)

        await self.app(scope, receiving, sending)
