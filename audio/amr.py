"""AMR storage format (RFC 4867, section 5): a magic line, then one frame every 20 ms.

The decoder turns any bytes into noise, so the frame headers are walked first: they give the true duration and
tell text or garbage from speech.
"""

from dataclasses import dataclass
from itertools import pairwise

MAGIC = b"#!AMR\n"
MAGIC_WB = b"#!AMR-WB\n"
FRAME_SECONDS = 0.02

# Whole frame in bytes, header included, by frame type; 0 marks types that no recorder writes.
SIZES = (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1)
SIZES_WB = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1)

LARGEST_FRAME = max(SIZES_WB)
_MUST_BE_ZERO = 0x83
_GOOD_QUALITY = 0x04
# Twelve random bytes in thirteen are no frame header: a run of ten good ones is speech, not luck.
_CONVINCING = 10
_PACKET_FRAMES = 50


@dataclass(frozen=True, slots=True)
class Walk:
    """What the frame headers say: `packets` are (start, end) byte ranges of up to 50 whole frames each;
    `complete` is false if bytes are left over that are no frame."""

    packets: tuple[tuple[int, int], ...]
    frames: int
    complete: bool

    @property
    def seconds(self) -> float:
        return self.frames * FRAME_SECONDS


def walk(data: bytes) -> Walk | None:
    """Walk the frames of a whole AMR or AMR-WB file; None if what follows the magic is not speech."""
    wideband = data.startswith(MAGIC_WB)
    if not wideband and not data.startswith(MAGIC):
        return None
    sizes = SIZES_WB if wideband else SIZES
    position = len(MAGIC_WB if wideband else MAGIC)
    edges = [position]
    frames = good = 0
    while position < len(data):
        header = data[position]
        size = sizes[(header >> 3) & 0x0F]
        if header & _MUST_BE_ZERO or not size or position + size > len(data):
            break
        good += (header & _GOOD_QUALITY) != 0
        position += size
        frames += 1
        if frames % _PACKET_FRAMES == 0:
            edges.append(position)
    if edges[-1] != position:
        edges.append(position)
    complete = position == len(data)
    if not good or not (complete or good >= _CONVINCING):
        return None
    return Walk(tuple(pairwise(edges)), frames, complete)
