"""Make the shipped recordings: ``python -m deploy.demo.make_recordings`` (needs the program espeak-ng).

Each sentence is spoken by a synthetic voice, then made to sound like the road: a hum and a hiss behind it, nothing
said at both ends, now faint and now loud; then stored as the rep's device would.
"""

import io
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import av
import numpy as np
import numpy.typing as npt

from deploy.demo.people import REPS
from deploy.demo.said import NEW_NOTE, RECORDINGS
from deploy.demo.voice_notes import FOLDER, Format

Samples = npt.NDArray[np.float32]
"""Sound as samples from -1 to 1, one channel."""
SAME_BYTES = {"fflags": "+bitexact"}
"""Leaves out what changes from run to run: random identifiers and dates."""


@dataclass(frozen=True)
class Voice:
    """One speaker, in the words of espeak-ng: voice and variant, pitch 0 to 99, words a minute."""

    name: str
    pitch: int
    speed: int


VOICES = dict(
    zip(
        (rep.email for rep in REPS),
        (
            Voice("fr-fr+f2", 55, 165), Voice("fr-fr+m3", 38, 160), Voice("en-us+f3", 52, 165),
            Voice("fr-be+m1", 45, 170), Voice("fr-ch+f4", 50, 165), Voice("en-gb+m5", 40, 155),
            Voice("fr-fr+m7", 30, 150), Voice("en-gb+f5", 60, 170), Voice("fr-be+f1", 58, 160),
            Voice("fr-ch+m2", 35, 165), Voice("fr-fr+f5", 48, 175), Voice("en-us+m4", 42, 170),
        ),
        strict=True,
    )
)  # fmt: skip


def main() -> None:
    """Write every recording into the folder, in place of what is there."""
    everything = (*RECORDINGS, NEW_NOTE)
    for recording in everything:
        speech, rate = speak(recording.said, VOICES[recording.rep])
        seed = zlib.crc32(recording.name.encode())
        recording.path.write_bytes(encode(on_the_road(speech, rate, seed), rate, recording.format))
        print(f"{recording.file}: {recording.path.stat().st_size} bytes")  # noqa: T201 - a script says what it wrote
    print(f"{len(everything)} recordings in {FOLDER}")  # noqa: T201


def speak(sentence: str, voice: Voice) -> tuple[Samples, int]:
    """Return ``sentence`` spoken, and its samples a second. FileNotFoundError where espeak-ng is not installed."""
    command = ["espeak-ng", "-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.speed), "--stdout", sentence]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our own sentences
    with av.open(io.BytesIO(spoken), "r", format="wav") as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    return (np.concatenate(frames) / 32768).astype(np.float32), rate


def on_the_road(speech: Samples, rate: int, seed: int) -> Samples:
    """Return ``speech`` at some level between faint and loud, with dead air at both ends and a moving car behind it."""
    chance = np.random.default_rng(seed)
    before, after = (int(seconds * rate) for seconds in chance.uniform((0.4, 0.6), (1.6, 2.2)))
    level = 10 ** (chance.uniform(-26, -2) / 20)
    said = np.pad(speech / np.abs(speech).max(), (before, after)) * level
    seconds = np.arange(said.size) / rate
    hum = np.sin(2 * np.pi * chance.uniform(70, 120) * seconds) * 0.3
    noise = (chance.standard_normal(said.size) + hum) * level * chance.uniform(0.002, 0.012)
    return np.clip(said + noise, -1, 1).astype(np.float32)


def encode(samples: Samples, rate: int, target: Format) -> bytes:
    """Return ``samples`` as a file of the ``target`` format."""
    file = io.BytesIO()
    with av.open(file, "w", format=target.container, options=SAME_BYTES) as container:
        stream = cast("av.AudioStream", container.add_stream(target.encoder, rate=target.rate, layout="mono"))
        if target.bit_rate:
            stream.bit_rate = target.bit_rate
        for frame in _frames(samples, rate, target.rate):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _frames(samples: Samples, rate: int, target_rate: int) -> Iterator[av.AudioFrame]:
    """Yield the sound at ``target_rate``; every frame says when it begins, or encoders shift what follows."""
    whole = av.AudioFrame.from_ndarray((samples * 32767).astype(np.int16)[np.newaxis], format="s16", layout="mono")
    whole.rate, whole.pts = rate, 0
    resampler = av.AudioResampler(format="s16", layout="mono", rate=target_rate)
    position = 0
    for frame in (*resampler.resample(whole), *resampler.resample(None)):
        frame.pts = position
        position += frame.samples
        yield frame


if __name__ == "__main__":
    main()
