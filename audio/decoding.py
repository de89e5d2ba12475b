"""Decoding inside the limited process: one stream of one file, its demuxer and decoder forced, its claims doubted."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

import av
import av.subtitles.stream  # PyAV imports it when it meets the first stream: too late in a limited process
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard

from audio import amr
from audio.descriptors import Source
from audio.endings import claimed_size, has_element
from audio.faults import Unreadable
from audio.formats import Format
from audio.pcm import clean

RATES = range(4_000, 192_001)
CHANNELS = range(1, 9)
GRACE_SECONDS = 1.0
"""A phone that stops by itself at the longest note stops a little late."""

_MISSING_SECONDS = 0.5
# FFmpeg's own AMR decoders drop the frames sent during silence, and time with them.
_PREFERRED = {"amrnb": "libopencore_amrnb", "amrwb": "libopencore_amrwb"}


class Decoder:
    """Decodes one recording; `codec`, `rate`, `channels`, `seconds` and `complete` hold once `frames` is exhausted.

    Raises Unreadable (not-audio, no-sound, truncated, broken, unsupported, too-long) and OSError from the file.
    """

    def __init__(self, source: Source, known: Format, longest: float) -> None:
        self._source = source
        self._known = known
        self._longest = longest
        self._samples = self._insane = 0
        self.codec = ""
        self.rate = self.channels = 0
        self.seconds = 0.0
        self.complete = True

    def frames(self) -> Iterator[AudioFrame]:
        """The decoded frames in their own rate, layout and sample format."""
        packets = self._amr_packets() if self._known.demuxer == "amr" else self._container_packets()
        try:
            for context, packet in packets:
                for frame in self._decode(context, packet):
                    self._check(frame)
                    yield frame
        finally:
            if self._source.fault:
                raise self._source.fault
        if not self._samples or self._insane * 1000 > self._samples:
            raise Unreadable("broken")

    def _decode(self, context: AudioCodecContext, packet: Packet[Any] | None) -> list[AudioFrame]:
        try:
            return context.decode(packet)
        except MemoryError:
            raise
        except av.FFmpegError:
            self.complete = False
            return []

    def _check(self, frame: AudioFrame) -> None:
        self._accept(frame.sample_rate, frame.layout.nb_channels)
        self._samples += frame.samples * self.channels
        self.seconds += frame.samples / frame.sample_rate
        if self.seconds > self._longest + GRACE_SECONDS:
            raise Unreadable("too-long")
        if self.codec.startswith("pcm_f"):
            self._insane += clean(frame)
            if self._insane > self.rate * self.channels:
                raise Unreadable("broken")

    def _accept(self, rate: int, channels: int) -> None:
        if rate not in RATES or channels not in CHANNELS:
            raise Unreadable("unsupported")
        self.rate, self.channels = rate, channels

    def _amr_packets(self) -> Iterator[tuple[AudioCodecContext, Packet[Any] | None]]:
        enough = int((self._longest + GRACE_SECONDS) / amr.FRAME_SECONDS + 1) * amr.LARGEST_FRAME
        data = self._source.read(enough)
        found = amr.walk(data)
        if found is None:
            raise Unreadable("broken")
        if found.seconds > self._longest + GRACE_SECONDS:
            raise Unreadable("too-long")
        self.complete = found.complete
        context = _amr_context(self._known.decoders[0])
        self.codec = context.name
        for start, end in found.packets:
            yield context, Packet(data[start:end])
        yield context, None

    def _container_packets(self) -> Iterator[tuple[AudioCodecContext, Packet[Any] | None]]:
        with self._open() as container:
            stream = self._stream(container)
            context = _context(stream)
            self.codec = context.name
            if context.sample_rate:
                self._accept(context.sample_rate, context.layout.nb_channels)
            for packet in self._demux(container, stream):
                yield context, packet
            yield context, None
            self._compare(_claimed_seconds(container, stream))

    def _open(self) -> InputContainer:
        try:
            return av.open(
                self._source,
                "r",
                format=self._known.demuxer,
                # Honoured while the streams are probed; the decoder that runs is checked by ourselves.
                container_options={"codec_whitelist": ",".join(self._known.decoders)},
                metadata_errors="replace",
                buffer_size=1 << 16,
                io_open=_refuse,
            )
        except MemoryError:
            raise
        except av.FFmpegError as fault:
            raise Unreadable("truncated" if self._lacks_its_end() else "broken") from fault

    def _lacks_its_end(self) -> bool:
        demuxer = self._known.demuxer
        lacks_index = demuxer == "mov" and not has_element(self._source, demuxer, b"moov")
        return lacks_index or claimed_size(self._source, demuxer) > self._source.size

    def _stream(self, container: InputContainer) -> AudioStream:
        streams = container.streams.audio
        if not streams:
            raise Unreadable("no-sound")
        allowed = [stream for stream in streams if stream.codec_context and _decoder(stream) in self._known.decoders]
        if not allowed:
            raise Unreadable("unsupported")
        for other in container.streams:
            if other.index != allowed[0].index:
                other.discard = Discard.all
        return allowed[0]

    def _demux(self, container: InputContainer, stream: AudioStream) -> Iterator[Packet[Any]]:
        blanks = 0
        try:
            for packet in container.demux(stream):
                if not packet.size:
                    blanks += 1
                    continue
                if self.codec == "qcelp":
                    # No data, yet 20 ms each: the decoder wants the rate byte, which the demuxer ate.
                    yield from (Packet(b"\0") for _ in range(blanks))
                blanks = 0
                yield packet
        except MemoryError:
            raise
        except av.FFmpegError:
            self.complete = False

    def _compare(self, claimed: float) -> None:
        """Hold what the header and the structure promise against what was decoded."""
        promised = claimed_size(self._source, self._known.demuxer)
        if promised > self._source.size:
            self.complete = False
            claimed = max(claimed, self.seconds * promised / self._source.size)
        elif not self._known.declares_length or claimed <= self.seconds + _MISSING_SECONDS:
            return
        if claimed > self._longest + GRACE_SECONDS and claimed > 2 * self.seconds:
            raise Unreadable("broken")
        self.complete = False


def _decoder(stream: AudioStream) -> str:
    name = stream.codec_context.name
    return _PREFERRED.get(name, name)


def _context(stream: AudioStream) -> AudioCodecContext:
    if stream.codec_context.name in _PREFERRED:
        return _amr_context(_PREFERRED[stream.codec_context.name])
    stream.codec_context.thread_count = 1
    return stream.codec_context


def _amr_context(decoder: str) -> AudioCodecContext:
    context = AudioCodecContext.create(decoder, "r")
    if not isinstance(context, AudioCodecContext):
        raise Unreadable("unsupported")
    context.sample_rate = 16_000 if decoder.endswith("wb") else 8_000
    context.layout = "mono"
    return context


def _claimed_seconds(container: InputContainer, stream: AudioStream) -> float:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return (container.duration or 0) / 1_000_000


def _refuse(url: str, flags: int, options: dict[str, str]) -> None:
    raise PermissionError(errno.EACCES, "a recording may not open anything else", url)
