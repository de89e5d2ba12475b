"""Editing of decoded sound with pydub: dead air found at the two ends, the level evened out.

Only short pieces are ever held: the ends, window by window, and the second that is being played out.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydub import AudioSegment
from pydub.silence import detect_leading_silence
from pydub.utils import ratio_to_db

from audio.level import BLOCK_SECONDS
from audio.limits import PCM_RATE
from audio.pcm import SAMPLE_BYTES, Scratch

BLOCK = int(PCM_RATE * BLOCK_SECONDS)
KEPT_BLOCKS = 12
"""About a quarter of a second is left before the first and after the last sound: speech fades in and out."""

_BLOCK_MS = int(BLOCK_SECONDS * 1000)
_WINDOW = 20 * PCM_RATE
_BELOW_SPEECH = 26.0
_QUIETEST, _LOUDEST = -60.0, -32.0


@dataclass(slots=True)
class Measures:
    """RMS and peak (0 to 32768) of each 20 ms of the whole recording, collected while it is decoded."""

    rms: "array[int]" = field(default_factory=lambda: array("H"))
    peaks: "array[int]" = field(default_factory=lambda: array("H"))

    def add(self, data: bytes) -> None:
        """Measure a piece that is whole blocks long, or the last one."""
        size = BLOCK * SAMPLE_BYTES
        for start in range(0, len(data), size):
            block = _segment(data[start : start + size])
            self.rms.append(block.rms)
            self.peaks.append(block.max)


def sounding(scratch: Scratch, level: float) -> tuple[int, int]:
    """First and last block (exclusive) worth playing: the dead air at both ends left out, but for a quarter second.

    Dead air is what lies 26 dB below the speech. A recording that is all silence is kept whole.
    """
    threshold = min(_LOUDEST, max(_QUIETEST, level - _BELOW_SPEECH))
    total = -(-scratch.samples // BLOCK)
    before = _silent_blocks(_windows(scratch), threshold)
    if before >= total:
        return 0, total
    after = _silent_blocks((part.reverse() for part in _windows(scratch, backwards=True)), threshold)
    return max(0, before - KEPT_BLOCKS), min(total, total - after + KEPT_BLOCKS)


def evened(scratch: Scratch, start: int, gains: Sequence[float]) -> Iterator[bytes]:
    """The sound from block `start` on, each block at its gain, a second at a time."""
    per_second = PCM_RATE // BLOCK
    for first in range(0, len(gains), per_second):
        part = gains[first : first + per_second]
        begin = (start + first) * BLOCK
        data = scratch.read(begin, begin + len(part) * BLOCK)
        yield _apply(data, part)


def _apply(data: bytes, gains: Sequence[float]) -> bytes:
    if min(gains) == max(gains):
        return _gained(data, gains[0])
    size = BLOCK * SAMPLE_BYTES
    return b"".join(_gained(data[i * size : (i + 1) * size], gain) for i, gain in enumerate(gains))


def _gained(data: bytes, gain: float) -> bytes:
    return bytes(_segment(data).apply_gain(ratio_to_db(gain)).raw_data)


def _windows(scratch: Scratch, backwards: bool = False) -> Iterator[AudioSegment]:
    starts = range(0, scratch.samples, _WINDOW)
    for start in starts:
        if backwards:
            end = scratch.samples - start
            yield _segment(scratch.read(max(0, end - _WINDOW), end))
        else:
            yield _segment(scratch.read(start, start + _WINDOW))


def _silent_blocks(windows: Iterator[AudioSegment], threshold: float) -> int:
    silent = 0
    for window in windows:
        found: int = detect_leading_silence(window, threshold, chunk_size=_BLOCK_MS)
        silent += found // _BLOCK_MS
        if found < len(window):
            return silent
    return silent


def _segment(data: bytes) -> AudioSegment:
    return AudioSegment(data, sample_width=SAMPLE_BYTES, frame_rate=PCM_RATE, channels=1)
