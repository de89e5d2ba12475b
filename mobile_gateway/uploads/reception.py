"""The body of one request on its way into the file of an upload, with limits on size and on patience."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.requests import ClientDisconnect

from server.domain.errors import TooLarge, TooSlow
from server.domain.policy import Policy
from server.domain.upload_limits import HEAD, largest
from server.domain.uploads import Checksum
from server.usecases.notes import Incoming


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one request may take; seconds but for `slowest`, which is bytes a second.

    idle          without a byte
    longest       in all
    grace         before the rate counts
    secure_every  between two commits of what came so far
    """

    idle: float = 60.0
    longest: float = 3600.0
    grace: float = 60.0
    slowest: float = 100.0
    secure_every: float = 10.0


USUAL: Final = Patience()
Secure = Callable[[], Awaitable[None]]


class Reception:
    """Writes a body to `incoming`, which may grow to `length` bytes and to no more than a recording may have."""

    def __init__(
        self,
        incoming: Incoming,
        policy: Policy,
        length: int | None,
        checksum: Checksum | None,
        patience: Patience = USUAL,
    ) -> None:
        self._incoming = incoming
        self._policy = policy
        self._length = length
        self._head = incoming.head(HEAD) if incoming.size else b""
        self._most, self._most_in_words = largest(self._head, policy)
        self._checksum = checksum
        self._patience = patience
        self._hash = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None

    async def receive(self, request: Request, secure: Secure | None = None) -> None:
        """Read the body to its end and check it; `secure` is called from time to time.

        Raises TooLarge, ChecksumMismatch, TooSlow, ClientDisconnect when the connection is cut, OSError.
        """
        announced = announced_size(request)
        before = self._incoming.size
        began = secured = time.monotonic()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience.idle) as waiting:
                async for chunk in request.stream():
                    if chunk:
                        self.write(chunk)
                    now = time.monotonic()
                    self._check_pace(self._incoming.size - before, now - began)
                    waiting.reschedule(loop.time() + self._patience.idle)
                    if secure and chunk and now - secured > self._patience.secure_every:
                        await secure()
                        secured = now
        except TimeoutError as error:
            raise TooSlow from error
        if announced is not None and self._incoming.size - before != announced:
            raise ClientDisconnect
        if self._checksum and self._hash:
            self._checksum.check(self._hash.digest())

    def write(self, chunk: bytes) -> None:
        """Append; raises TooLarge beyond the limit, before anything of the chunk is written."""
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
            self._most, self._most_in_words = largest(self._head, self._policy)
        size = self._incoming.size + len(chunk)
        if self._length is not None and size > self._length:
            raise TooLarge("overflow")
        if max(size, self._length or 0) > self._most:
            raise TooLarge(limit=self._most_in_words)
        if self._hash:
            self._hash.update(chunk)
        self._incoming.write(chunk)

    def _check_pace(self, came: int, seconds: float) -> None:
        allowed = self._patience
        if seconds > allowed.longest or (seconds > allowed.grace and came < allowed.slowest * seconds):
            raise TooSlow


def announced_size(request: Request) -> int | None:
    """The Content-Length; None for a body whose length is not said beforehand, 0 where there is none."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit():
        return int(length)
    return None if "transfer-encoding" in request.headers else 0
