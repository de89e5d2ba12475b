"""The requests of this process that are writing to uploads: one for each, and the later one takes over."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

from server.domain.errors import Conflict, SlowDown

MOST_AT_ONCE: Final = 8  # bodies of one device


class Writing:
    """One request that writes to an upload."""

    def __init__(self) -> None:
        self._over = asyncio.Event()
        self._receiving: asyncio.Task[None] | None = None
        self._interruption: Conflict | None = None

    async def receive(self, body: Coroutine[Any, Any, None]) -> None:
        """Read the body; raises Conflict as soon as another request takes over, otherwise what `body` raises.

        The conflict's `keep` says whether what came so far is of use to that request.
        """
        self._receiving = asyncio.ensure_future(body)
        if self._interruption:
            self._receiving.cancel()
        try:
            await self._receiving
        except asyncio.CancelledError:
            if self._interruption is None:
                raise
            raise self._interruption from None
        finally:
            self._receiving = None

    async def interrupt(self, *, keep: bool) -> None:
        """Have it stop receiving, and wait until it has let go. What is being committed already is committed."""
        self._interruption = Conflict("upload-taken-over", keep=keep)
        if self._receiving:
            self._receiving.cancel()
        await self._over.wait()

    def end(self) -> None:
        """It has let go of the upload."""
        self._over.set()


class Writers:
    """All of them."""

    def __init__(self) -> None:
        self._writing: dict[str, Writing] = {}
        self._of_device: Counter[int] = Counter()

    def busy(self, uid: str) -> bool:
        """Whether a request of this process writes to the upload."""
        return uid in self._writing

    async def interrupt(self, uid: str, *, keep: bool) -> None:
        """Stop whoever writes to the upload; `keep` what came so far."""
        if writing := self._writing.get(uid):
            await writing.interrupt(keep=keep)

    @asynccontextmanager
    async def turn(self, uid: str, device_id: int) -> AsyncIterator[Writing]:
        """Write to the upload while the block lasts; whoever did before is stopped, and what it has not committed lost.

        Raises SlowDown for a device that sends too much at once.
        """
        while uid in self._writing:
            await self._writing[uid].interrupt(keep=False)
        with self.counted(device_id):
            writing = self._writing[uid] = Writing()
            try:
                yield writing
            finally:
                del self._writing[uid]
                writing.end()

    @contextmanager
    def counted(self, device_id: int) -> Iterator[None]:
        if self._of_device[device_id] >= MOST_AT_ONCE:
            raise SlowDown("too-many-uploads", seconds=5)
        self._of_device[device_id] += 1
        try:
            yield
        finally:
            self._of_device[device_id] -= 1
            if not self._of_device[device_id]:
                del self._of_device[device_id]
