"""What strangers send: files that are no recordings, or recordings made to hurt whoever opens them."""

import io
import re
import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import av
import numpy as np
from av.video.frame import VideoFrame

from tests.audio import sounds
from tests.wire.recordings import tone
from tests.wire.service import Service

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0" + bytes(400)
MEGABYTE = 1024 * 1024


def amr(seconds: int, mode: int = 7) -> bytes:
    """AMR by hand (RFC 4867 section 5): whole frames of noise at the highest rate, or `mode` 0 for the lowest."""
    size = {0: 13, 7: 32}[mode]
    frame = bytes([mode << 3 | 0x04]) + np.random.default_rng(seconds).bytes(size - 1)
    return b"#!AMR\n" + frame * (50 * seconds)


def m4a_without_index() -> bytes:
    """What a phone leaves that dies before it writes the moov box."""
    whole = made(lambda path: sounds.encode(path, "ipod", "aac", sounds.speech(2), 16_000))
    return whole[: whole.index(b"moov") - 4]


def silent_video() -> bytes:
    """A second of moving pictures and nothing to hear."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        stream = output.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(10):
            output.mux(stream.encode(VideoFrame(64, 64, "yuv420p")))
        output.mux(stream.encode(None))
    return file.getvalue()


def playlists(canary: Path, port: int) -> dict[str, bytes]:
    """Lists that name a file of this machine and an address on loopback, as an engine that follows them would read."""
    url = f"http://127.0.0.1:{port}/a.mp3"
    return {
        "m3u8 to a file": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{canary}\n#EXT-X-ENDLIST\n".encode(),
        "m3u8 to an address": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n".encode(),
        "ffconcat": f"ffconcat version 1.0\nfile 'file://{canary}'\nfile '{url}'\n".encode(),
        "a bare file address": f"file://{canary}".encode(),
        "a bare web address": url.encode(),
        "a session description": f"v=0\nc=IN IP4 127.0.0.1\nm=audio {port} RTP/AVP 0\n".encode(),
    }


def ten_gigabytes() -> bytes:
    """A WAV of one second whose 64-bit header (EBU Tech 3306) claims ten gigabytes."""
    content = made(lambda path: sounds.encode(path, "wav", "pcm_s16le", sounds.speech(1), 16_000, rf64="always"))
    at = content.index(b"ds64") + 8
    return content[:at] + struct.pack("<QQQ", 10_000_000_100, 10_000_000_000, 5_000_000_000) + content[at + 24 :]


def not_a_number() -> bytes:
    """A WAV of floats, none of which is a number."""
    samples = np.full(16_000, np.nan, "<f4").tobytes()
    return made(lambda path: sounds.wav(path, samples, kind=3, bits=32))


def at_rate(rate: int) -> bytes:
    """A WAV whose header says how many samples make a second."""
    return made(lambda path: sounds.wav(path, sounds.speech(1).tobytes(), rate=rate))


def made(make: Callable[[Path], Path]) -> bytes:
    """The content of a file that is made at a path."""
    with TemporaryDirectory() as folder:
        return make(Path(folder) / "file").read_bytes()


Build = Callable[[], bytes]

# What cannot be played: the type under which it is sent, and how it is made.
NOT_RECORDINGS: Final[dict[str, tuple[str, Build]]] = {
    "nothing at all": ("audio/amr", bytes),
    "text named .amr": ("audio/amr", lambda: b"Call Mr Roy back about the second offer.\n" * 30),
    "text behind the magic of AMR": ("audio/amr", lambda: b"#!AMR\nCall Mr Roy back about the second offer.\n" * 30),
    "an M4A without its moov": ("audio/mp4", m4a_without_index),
    "an image": ("audio/mpeg", lambda: PNG),
    "a page with a script": ("audio/amr", lambda: b"<html><script>alert(1)</script></html>"),
    "a video without sound": ("video/mp4", silent_video),
    "noise": ("application/octet-stream", lambda: np.random.default_rng(9).bytes(3_000)),
}

# Headers or samples made to spin or fill whatever opens them.
LYING: Final[dict[str, Build]] = {
    "1 Hz": lambda: at_rate(1),
    "4 GHz": lambda: at_rate(4_000_000_000),
    "10 GB": ten_gigabytes,
    "NaN": not_a_number,
    "12 h of silence": lambda: made(lambda path: sounds.silent_flac(path, 12)),
    "half an hour of empty frames": lambda: b"#!AMR\n" + b"\x7c" * 90_000,
}


def form(parts: Iterator[bytes] | list[bytes], boundary: str = "cut", kind: str = "audio/wav") -> Iterator[bytes]:
    """A multipart body in pieces, its end included."""
    yield (
        f'--{boundary}\r\nContent-Disposition: form-data; name="audio"; filename="memo.wav"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    ).encode()
    yield from parts
    yield f"\r\n--{boundary}--\r\n".encode()


def call(service: Service) -> socket.socket:
    """A bare connection, for what no HTTP library would send."""
    return socket.create_connection(("127.0.0.1", service.port), timeout=20)


def heard(connection: socket.socket) -> bytes:
    """The answer, as long as its Content-Length says, however the connection goes on."""
    answer = b""
    while piece := connection.recv(65_536):
        answer += piece
        top, end, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", top.lower())
        if end and length and len(body) >= int(length[1]):
            break
    return answer


def left_behind(service: Service) -> list[str]:
    """The names of the recordings on disk, whole or half-written."""
    return sorted(
        path.name
        for folder in ("incoming", "originals")
        for path in (service.data / folder).rglob("*")
        if path.is_file()
    )


def other_tone(number: int) -> bytes:
    """A short recording, a different one for every number below a thousand."""
    return tone(0.2, 300 + number)
