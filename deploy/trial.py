"""A recording made on the spot and taken through decoding, to see that it works on this machine."""

import math
import struct
import tempfile
import wave
from pathlib import Path

from audio.limits import Limits
from audio.recordings import Unreadable, prepare
from server.domain.policy import Policy

SECONDS = 1
RATE = 8_000


def trial(policy: Policy) -> str | None:
    """Why recordings cannot be made playable here, with the remedy; None when they can."""
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "trial.wav", Path(name) / "trial.ogg"
        _write_tone(source)
        try:
            found = prepare(source, target, Limits(longest=float(policy.longest_note)))
        except (OSError, Unreadable) as error:
            return f"decoding does not work here ({error}). Remedy: reinstall Calepin's own libraries with “make env”."
    if abs(found.seconds - SECONDS) > 0.1:
        return f"a second of sound came out as {found.seconds:.2f} s. Remedy: reinstall with “make env”."
    return None


def _write_tone(path: Path) -> None:
    samples = (round(8_000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(SECONDS * RATE))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
