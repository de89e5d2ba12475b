"""Encoding inside the limited process: one rendition, written through a descriptor that is already open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from audio.descriptors import Target
from audio.limits import PCM_RATE
from audio.pcm import SAMPLE_BYTES
from audio.renditions import Rendition


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a rendition is made: container, encoder, sample rate, bits per second, options of both."""

    container: str
    codec: str
    rate: int
    bit_rate: int
    options: dict[str, str] = field(default_factory=dict)
    container_options: dict[str, str] = field(default_factory=dict)


ENCODINGS = {
    # At complexity 5 speech costs a third less than at 10 and sounds the same at this bit rate.
    Rendition.OPUS: Encoding("ogg", "libopus", PCM_RATE, 24_000, {"application": "voip", "compression_level": "5"}),
    Rendition.AAC: Encoding("ipod", "aac", PCM_RATE, 32_000, container_options={"movflags": "+faststart"}),
    Rendition.MP3: Encoding("mp3", "libmp3lame", PCM_RATE, 32_000, {"compression_level": "7"}),
    Rendition.AMR: Encoding("amr", "libopencore_amrnb", 8_000, 12_200),
}


def encode(pieces: Iterator[bytes], rendition: Rendition, descriptor: int) -> None:
    """Encode mono samples in the rendition's own rate (`ENCODINGS`) to `descriptor`; raises OSError when it is full."""
    target = Target(descriptor)
    try:
        _encode(pieces, ENCODINGS[rendition], target, descriptor)
    finally:
        if target.fault:
            raise target.fault


def _encode(pieces: Iterator[bytes], how: Encoding, target: Target, descriptor: int) -> None:
    container = av.open(
        target,
        "w",
        format=how.container,
        # Without this the Ogg muxer wants random numbers from a device that cannot be opened here.
        container_options={"fflags": "+bitexact", **how.container_options},
        buffer_size=1 << 16,
        # The M4A muxer reads back what it wrote, to put the index in front of the sound.
        io_open=lambda url, flags, options: Target(descriptor),
    )
    with container:
        stream = container.add_stream(how.codec, rate=how.rate, options=how.options, layout="mono")
        if not isinstance(stream, AudioStream):
            raise TypeError(how.codec)
        stream.bit_rate = how.bit_rate
        for frame in _frames(pieces, how.rate):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _frames(pieces: Iterator[bytes], rate: int) -> Iterator[AudioFrame]:
    position = 0
    for piece in pieces:
        frame = AudioFrame(format="s16", layout="mono", samples=len(piece) // SAMPLE_BYTES)
        frame.planes[0].update(piece)
        frame.sample_rate = rate
        frame.time_base = Fraction(1, rate)
        frame.pts = position
        position += frame.samples
        yield frame
