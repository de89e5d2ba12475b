"""Loudness, gain and waveform, computed on the blocks that the decoding pass measured.

A block is 20 ms of 16-bit sound, given as its RMS and its peak, both 0 to 32768. Levels are in dBFS (dB below the
largest 16-bit value), never under FLOOR.
"""

import math
from collections.abc import Sequence

BLOCK_SECONDS = 0.02
FULL_SCALE = 32768
FLOOR = -96.0
TARGET = -20.0
"""Where speech is brought to: the usual level of spoken word on the phone, well above car noise."""

_SILENCE = -60.0
_BOOST, _CUT = 20.0, -12.0
_RELATIVE_GATE = -10.0
_CEILING = FULL_SCALE * 10 ** (-1 / 20)
_STEP = 10 ** (1.5 / 20)


def dbfs(amplitude: float) -> float:
    """Amplitude (0 to 32768) in dBFS."""
    return max(FLOOR, 20 * math.log10(amplitude / FULL_SCALE)) if amplitude > 0 else FLOOR


def gated_level(rms: Sequence[int]) -> float:
    """Level of the speech in a recording, pauses left out: the gating of ITU-R BS.1770 (absolute, then 10 dB below
    the mean) on unweighted blocks. FLOOR where nothing passes the absolute gate."""
    gate = FULL_SCALE * 10 ** (_SILENCE / 20)
    powers = [value * value for value in rms if value > gate]
    if not powers:
        return FLOOR
    gate = sum(powers) / len(powers) * 10 ** (_RELATIVE_GATE / 10)
    loud = [power for power in powers if power >= gate]
    return dbfs(math.sqrt(sum(loud) / len(loud)))


def gain_towards_target(level: float) -> float:
    """Factor that brings `level` to TARGET, within +20 and -12 dB; silence is left alone."""
    if level <= _SILENCE:
        return 1.0
    return float(10 ** (min(_BOOST, max(_CUT, TARGET - level)) / 20))


def block_gains(peaks: Sequence[int], gain: float) -> list[float]:
    """The gain of each block: `gain`, but never so much that the block's peak passes -1 dBFS.

    It gives way before a loud knock and comes back after it, 1.5 dB a block at most, so that no step is heard.
    """
    gains = [min(gain, _CEILING / peak) if peak else gain for peak in peaks]
    if gains and min(gains) < gain:
        for index in range(1, len(gains)):
            gains[index] = min(gains[index], gains[index - 1] * _STEP)
        for index in range(len(gains) - 2, -1, -1):
            gains[index] = min(gains[index], gains[index + 1] * _STEP)
    return gains


def waveform(peaks: Sequence[int], gains: Sequence[float], count: int = 200) -> list[int]:
    """`count` peaks, 0 to 100 of full scale, spread evenly over the blocks as they are played."""
    heights = [peak * gain for peak, gain in zip(peaks, gains, strict=True)]
    total = len(heights)
    bars = [heights[i * total // count : max(i * total // count + 1, (i + 1) * total // count)] for i in range(count)]
    return [min(100, round(100 * max(bar, default=0) / FULL_SCALE)) for bar in bars]
