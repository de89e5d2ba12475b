"""Recordings made for the tests."""

import io
import math
import struct
import wave


def tone(seconds: float = 1.0, hertz: int = 440, rate: int = 8_000) -> bytes:
    """A WAV file (PCM, 16 bits, mono) with a tone; other arguments give other bytes."""
    frames = b"".join(
        struct.pack("<h", int(9_000 * math.sin(2 * math.pi * hertz * n / rate))) for n in range(int(seconds * rate))
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(frames)
    return file.getvalue()
