"""A client that asks as fast as it is answered, over connections that are kept open: `python -m bench.load`.

It is a process of its own and speaks HTTP/1.1 by hand, so that it takes as little as it can of what it measures.
"""

import asyncio
import json
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from statistics import median
from typing import Any

import uvloop

from bench.processes import answer


@dataclass(frozen=True, slots=True)
class Load:
    """What to ask.

    paths        asked in this order, again and again; only once if `once`
    body         0 to GET; else that many bytes to POST, different ones each time
    expected     the status of every answer
    """

    port: int
    paths: Sequence[str]
    seconds: float
    connections: int = 8
    headers: dict[str, str] = field(default_factory=dict)
    body: int = 0
    once: bool = False
    expected: int = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """How it went: answers a second, and the median time to an answer in milliseconds."""

    answers: int
    per_second: float
    median_ms: float


def put(load: Load) -> Measured:
    """Put the load on, from a process of its own; raises when an answer was not the expected one."""
    told = answer("bench.load", question=asdict(load))
    if told["other"]:
        msg = f"unexpected answer: {told['other']}"
        raise RuntimeError(msg)
    return Measured(told["answers"], told["answers"] / told["seconds"], told["median_ms"])


class Connection(asyncio.Protocol):
    """One request at a time; the next one as soon as the answer is whole."""

    def __init__(self, load: Load, requests: Iterator[Sequence[bytes]], until: float) -> None:
        self._load, self._requests, self._until = load, requests, until
        self._expected = f"HTTP/1.1 {load.expected} ".encode()
        self._buffer = b""
        self.times: list[float] = []
        self.other = ""
        self.over = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport: Any = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take in more of the answer."""
        self._buffer += data
        head, gap, rest = self._buffer.partition(b"\r\n\r\n")
        if not gap or len(rest) < _length(head):
            return
        self.times.append(time.perf_counter() - self._asked)
        if not head.startswith(self._expected):
            self.other = self._buffer.decode(errors="replace")[:1000]
            self._transport.close()
            return
        self._buffer = b""
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        """All is over."""
        if error is not None:
            self.other = str(error)
        if not self.over.done():
            self.over.set_result(None)

    def _ask(self) -> None:
        request = next(self._requests, None) if time.perf_counter() < self._until else None
        if request is None:
            self._transport.close()
            return
        self._asked = time.perf_counter()
        self._transport.writelines(request)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def _requests(load: Load) -> Iterator[Sequence[bytes]]:
    method = "POST" if load.body else "GET"
    lines = [f"{name}: {value}" for name, value in load.headers.items()]
    if load.body:
        lines.append(f"content-length: {load.body}")
    rest = "\r\n".join(["host: 127.0.0.1", *lines, "", ""])
    content = secrets.token_bytes(load.body)
    for path in load.paths if load.once else cycle(load.paths):
        request = f"{method} {path} HTTP/1.1\r\n{rest}".encode()
        yield [request, content[:-16], secrets.token_bytes(16)] if load.body else [request]


async def _put(load: Load) -> dict[str, Any]:
    requests = _requests(load)
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    made = [
        await loop.create_connection(lambda: Connection(load, requests, began + load.seconds), "127.0.0.1", load.port)
        for _ in range(load.connections)
    ]
    connections = [connection for _, connection in made]
    await asyncio.gather(*(connection.over for connection in connections))
    spent = time.perf_counter() - began
    times = [one for connection in connections for one in connection.times]
    other = next((connection.other for connection in connections if connection.other), "")
    return {
        "answers": len(times),
        "seconds": spent,
        "median_ms": median(times) * 1000 if times else 0,
        "other": other,
    }


if __name__ == "__main__":
    print(json.dumps(uvloop.run(_put(Load(**json.load(sys.stdin))))))
