"""Recordings that sound like somebody speaking, made on the spot."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

AMR_HEAD = b"#!AMR\n"
AMR_FRAMES_PER_SECOND = 50
AMR_FRAME_BYTES = 32  # at 12.2 kbit/s


def speech(seconds: int, rate: int, channels: int, seed: int) -> NDArray[np.int16]:
    """Interleaved samples: a voice of wandering pitch in syllables, words and pauses, with the noise of a room."""
    random = np.random.default_rng(seed)
    time = np.arange(seconds * rate) / rate
    pitch = 120 + 30 * np.sin(2 * np.pi * 0.3 * time + seed) + 10 * np.sin(2 * np.pi * 1.7 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    vowel = 1 + 0.5 * np.sin(2 * np.pi * 3.1 * time)
    voice = sum(np.sin(k * phase) * np.exp(-((k * pitch - 600 * vowel) ** 2) / 5e5) for k in range(1, 20))
    syllables = np.clip(np.sin(2 * np.pi * 2 * time) + 0.3, 0, 1)
    talking = np.repeat(random.random(seconds) > 0.2, rate)
    sound = 0.15 * voice * syllables * talking + 0.003 * random.standard_normal(len(time))
    mono = (sound * 32767).clip(-32768, 32767).astype(np.int16)
    return np.repeat(mono, channels)


def encode(
    path: Path, codec: str, seconds: int, *, rate: int, channels: int = 1, seed: int = 1, times: int = 1
) -> Path:
    """A recording in the container of the file's suffix: what is said in so many seconds, said that many times."""
    layout = "stereo" if channels == 2 else "mono"
    samples = speech(seconds, rate, channels, seed)
    with av.open(str(path), "w") as output:
        stream = output.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, AudioStream)
        stream.bit_rate = 12_200 if rate == 8_000 else 64_000
        for start in range(seconds * times):
            begun = start % seconds
            piece = samples[begun * rate * channels : (begun + 1) * rate * channels]
            frame = AudioFrame(format="s16", layout=layout, samples=rate)
            frame.planes[0].update(piece.tobytes())
            frame.sample_rate, frame.pts, frame.time_base = rate, start * rate, Fraction(1, rate)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def rotated(amr: bytes, number: int) -> bytes:
    """The same AMR-NB recording begun at another second: as long, and other bytes."""
    frames = amr[len(AMR_HEAD) :]
    start = number * AMR_FRAMES_PER_SECOND * AMR_FRAME_BYTES % len(frames)
    return AMR_HEAD + frames[start:] + frames[:start]
