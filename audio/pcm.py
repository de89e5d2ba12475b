"""The house's own form of sound between decoding and encoding: 16-bit mono samples in the machine's byte order."""

import os
from array import array
from collections.abc import Iterator

from av.audio.frame import AudioFrame
from av.filter.graph import Graph

SAMPLE_BYTES = 2

_SANE = 65_536.0


def convert(frames: Iterator[AudioFrame], rate: int) -> Iterator[bytes]:
    """Mix `frames` down to mono and resample them to `rate`; every piece but the last is one second long.

    Frames may change their rate, layout or sample format on the way, as streams from phones do.
    """
    graph: Graph | None = None
    shape: tuple[int, str, str] | None = None
    second = rate * SAMPLE_BYTES
    waiting = 0
    pending = bytearray()
    for frame in frames:
        found = (frame.sample_rate, frame.layout.name, frame.format.name)
        if graph is None or found != shape:
            if graph is not None:
                pending += _drain(graph)
            graph, shape, waiting = _graph(*found, rate), found, 0
        frame.pts = None
        graph.push(frame)
        waiting += frame.samples
        if waiting >= frame.sample_rate:
            waiting = 0
            pending += _pull(graph)
        while len(pending) >= second:
            yield bytes(pending[:second])
            del pending[:second]
    if graph is not None:
        pending += _drain(graph)
    for start in range(0, len(pending), second):
        yield bytes(pending[start : start + second])


def _graph(rate: int, layout: str, sample_format: str, target_rate: int) -> Graph:
    graph = Graph()
    graph.threads = 1
    graph.link_nodes(
        graph.add(
            "abuffer",
            sample_rate=str(rate),
            sample_fmt=sample_format,
            channel_layout=layout,
            time_base=f"1/{rate}",
        ),
        graph.add("aformat", sample_rates=str(target_rate), sample_fmts="s16", channel_layouts="mono"),
        graph.add("abuffersink"),
    )
    graph.configure()
    return graph


def _pull(graph: Graph) -> bytes:
    pieces: list[bytes] = []
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return b"".join(pieces)
        if isinstance(frame, AudioFrame):
            pieces.append(bytes(frame.planes[0])[: frame.samples * SAMPLE_BYTES])


def _drain(graph: Graph) -> bytes:
    graph.push(None)
    return _pull(graph)


def clean(frame: AudioFrame) -> int:
    """Replace floating-point samples that are no numbers, or far beyond any sound, by silence; return how many."""
    plane = frame.planes[0]
    data = bytes(plane)
    used = frame.samples * frame.layout.nb_channels * frame.format.bytes
    samples = array("d" if frame.format.bytes == 8 else "f", data[:used])
    if -_SANE < sum(samples) < _SANE:
        return 0
    insane = [index for index, value in enumerate(samples) if not -_SANE < value < _SANE]
    for index in insane:
        samples[index] = 0.0
    plane.update(samples.tobytes() + data[used:])
    return len(insane)


class Scratch:
    """Decoded sound on a descriptor: written once from the start, then read anywhere. Positions are in samples."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.samples = 0

    def append(self, data: bytes) -> None:
        """Write whole samples at the end; raises OSError when there is no room."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]
        self.samples += len(data) // SAMPLE_BYTES

    def read(self, start: int, end: int) -> bytes:
        """Samples from `start` up to, not including, `end`, as far as there are any."""
        return os.pread(self._descriptor, max(0, end - start) * SAMPLE_BYTES, start * SAMPLE_BYTES)
