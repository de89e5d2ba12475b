"""A client that mails as fast as it is answered, over connections that are kept open: `python -m bench.post`."""

import asyncio
import base64
import json
import secrets
import sys
import time
from dataclasses import asdict, dataclass

from bench.processes import answer

LINE = 57  # bytes in a line of base64


@dataclass(frozen=True, slots=True)
class Post:
    """What to mail: to whom, and recordings of so many bytes, a different one each time."""

    port: int
    sender: str
    recipient: str
    seconds: float
    connections: int
    recording: int


def put(post: Post) -> float:
    """Mails a second that were acknowledged; raises when one was not."""
    told = answer("bench.post", question=asdict(post))
    return float(told["mails"]) / float(told["seconds"])


async def _connection(post: Post, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", post.port)
    await _expect(reader, b"220")
    await _say(reader, writer, b"EHLO bench\r\n", b"250")
    rest = base64.encodebytes(secrets.token_bytes(post.recording - LINE)).replace(b"\n", b"\r\n")
    count = 0
    while time.perf_counter() < until:
        await _say(reader, writer, f"MAIL FROM:<{post.sender}>\r\n".encode(), b"250")
        await _say(reader, writer, f"RCPT TO:<{post.recipient}>\r\n".encode(), b"250")
        await _say(reader, writer, b"DATA\r\n", b"354")
        fresh = base64.b64encode(secrets.token_bytes(LINE)) + b"\r\n"
        await _say(reader, writer, _head(post) + fresh + rest + b".\r\n", b"250")
        count += 1
    writer.close()
    return count


def _head(post: Post) -> bytes:
    return (
        f"From: {post.sender}\r\nTo: {post.recipient}\r\nMessage-ID: <{secrets.token_hex(8)}@bench>\r\n"
        "Subject: memo\r\nMIME-Version: 1.0\r\nContent-Type: audio/amr\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ).encode()


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, words: bytes, wanted: bytes) -> None:
    writer.write(words)
    await writer.drain()
    await _expect(reader, wanted)


async def _expect(reader: asyncio.StreamReader, wanted: bytes) -> None:
    line = await reader.readline()
    while line[3:4] == b"-":
        line = await reader.readline()
    if not line.startswith(wanted):
        msg = f"unexpected reply: {line.decode(errors='replace')}"
        raise RuntimeError(msg)


async def _put(post: Post) -> dict[str, float]:
    began = time.perf_counter()
    counts = await asyncio.gather(*(_connection(post, began + post.seconds) for _ in range(post.connections)))
    return {"mails": sum(counts), "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_put(Post(**json.load(sys.stdin))))))
