"""How many bytes of a recording can be within the longest note, where its first bytes already tell.

Only formats whose bytes have a known fewest number per second are judged here, and only by what is certain; how long a
recording really is comes out when it is decoded.
"""

import struct
from typing import Final

from server.domain.policy import Policy

HEAD: Final = 64  # bytes of the beginning that are looked at
SLACK: Final = 64 * 1024  # headers, lists and padding around the sound
_AMR_NB_MOST: Final = 32 * 50  # bytes a second at 12.2 kbit/s, the highest mode of RFC 4867
_AMR_WB_MOST: Final = 61 * 50
_PCM_LIKE: Final = frozenset({1, 3, 6, 7})  # WAVE format tags: PCM, float, A-law, µ-law


def largest(head: bytes, policy: Policy) -> tuple[int, str]:
    """The most bytes that a recording beginning with `head` may have, and the limit in words for its sender."""
    rate = _bytes_per_second(head)
    by_length = int(rate * policy.longest_note) + SLACK if rate else policy.largest_upload
    if by_length < policy.largest_upload:
        return by_length, f"{policy.longest_note // 60} min"
    return policy.largest_upload, f"{policy.largest_upload // (1024 * 1024)} MB"


def _bytes_per_second(head: bytes) -> int | None:
    """The most bytes that one second can take; None where the beginning does not tell."""
    if head.startswith(b"#!AMR-WB\n"):
        return _AMR_WB_MOST
    if head.startswith(b"#!AMR\n"):
        return _AMR_NB_MOST
    if head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " and len(head) >= 36:
        return _wave_rate(head)
    return None


def _wave_rate(head: bytes) -> int | None:
    tag, channels, rate, _claimed, _block, bits = struct.unpack_from("<HHIIHH", head, 20)
    honest = tag in _PCM_LIKE and 1 <= channels <= 8 and 4_000 <= rate <= 192_000 and bits in (8, 16, 24, 32, 64)
    return rate * channels * bits // 8 if honest else None
