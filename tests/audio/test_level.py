"""Loudness, gain and waveform on measured blocks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.level import FLOOR, TARGET, block_gains, dbfs, gain_towards_target, gated_level, waveform

CEILING = 32768 * 10 ** (-1 / 20)


def test_level_leaves_pauses_out() -> None:
    """As much silence as speech does not halve the level."""
    assert gated_level([3277] * 50) == pytest.approx(-20.0, abs=0.01)
    assert gated_level([3277] * 50 + [0] * 500 + [40] * 500) == pytest.approx(-20.0, abs=0.01)


def test_silence_has_the_floor_for_a_level_and_no_gain() -> None:
    """Nothing above the gate: the floor; and what is silent is not made louder."""
    assert gated_level([0, 3, 10]) == FLOOR
    assert dbfs(0) == FLOOR
    assert gain_towards_target(FLOOR) == 1.0


def test_gain_is_bounded_both_ways() -> None:
    """Quiet speech comes up by 20 dB at most, loud speech down by 12."""
    assert gain_towards_target(-50.0) == pytest.approx(10.0)
    assert gain_towards_target(0.0) == pytest.approx(10 ** (-12 / 20))
    assert gain_towards_target(TARGET) == pytest.approx(1.0)


@given(st.lists(st.integers(0, 32768), min_size=1, max_size=300), st.floats(0.25, 10))
def test_no_block_passes_the_ceiling_and_no_step_is_heard(peaks: list[int], gain: float) -> None:
    """Every block stays below -1 dBFS, and neighbours differ by 1.5 dB at most."""
    gains = block_gains(peaks, gain)

    assert all(peak * value <= CEILING * 1.0001 for peak, value in zip(peaks, gains, strict=True))
    assert all(0 < value <= gain for value in gains)
    assert all(abs(dbfs(a * 1000) - dbfs(b * 1000)) <= 1.5001 for a, b in pairwise(gains))


def test_a_knock_does_not_keep_quiet_speech_quiet() -> None:
    """The gain gives way around one loud block and is whole again a second later."""
    gains = block_gains([2000] * 100 + [32768] + [2000] * 100, 8.0)

    assert gains[0] == gains[-1] == 8.0
    assert gains[100] < 1


@given(st.lists(st.integers(0, 32768), min_size=1, max_size=1000))
def test_a_waveform_has_two_hundred_bars(peaks: list[int]) -> None:
    """However short or long, 200 whole numbers from 0 to 100, the highest that of the loudest block."""
    bars = waveform(peaks, [1.0] * len(peaks))

    assert len(bars) == 200
    assert max(bars) == round(100 * max(peaks) / 32768)
    assert min(bars) >= 0


def test_a_waveform_follows_the_sound() -> None:
    """The loud half is drawn high, the quiet half low, as it is played."""
    bars = waveform([3277] * 400 + [16384] * 400, [2.0] * 400 + [1.0] * 400)

    assert bars == [20] * 100 + [50] * 100
