"""The walk over AMR frame headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio import amr

FULL = b"\x3c" + bytes(31)
COMFORT_NOISE = b"\x44" + bytes(5)
NOTHING = b"\x7c"


def test_every_frame_counts_twenty_milliseconds() -> None:
    """Speech, comfort noise and empty frames all take their time."""
    found = amr.walk(amr.MAGIC + (FULL * 8 + COMFORT_NOISE + NOTHING) * 15)

    assert found is not None
    assert (found.frames, round(found.seconds, 6), found.complete) == (150, 3.0, True)


def test_wideband_frames_have_their_own_sizes() -> None:
    """The wideband magic selects the wideband table."""
    found = amr.walk(amr.MAGIC_WB + (b"\x04" + bytes(17)) * 50)

    assert found is not None
    assert found.frames == 50


def test_packets_hold_whole_frames_and_cover_all() -> None:
    """Packets follow each other without a gap, fifty frames at most."""
    found = amr.walk(amr.MAGIC + FULL * 120)

    assert found is not None
    assert found.packets == ((6, 1606), (1606, 3206), (3206, 3846))


def test_a_broken_tail_is_left_out_and_told() -> None:
    """Whole frames before the break are kept."""
    found = amr.walk(amr.MAGIC + FULL * 20 + FULL[:9])

    assert found is not None
    assert (found.frames, found.complete) == (20, False)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Dear Sir, please find enclosed the minutes of our meeting." * 20,
        bytes(2000),
        b" " * 500,
        FULL * 3 + b"\xff" * 100,
        FULL[:10],
    ],
)
def test_what_is_no_speech_is_refused(body: bytes) -> None:
    """Text, zeros, junk and a single cut frame are no recording, though the decoder would make noise of them."""
    assert amr.walk(amr.MAGIC + body) is None


def test_another_magic_is_refused() -> None:
    """The walk does not start without the magic line."""
    assert amr.walk(b"#!EVRC\n" + FULL * 20) is None


@given(st.sampled_from([amr.MAGIC, amr.MAGIC_WB, b""]), st.binary(max_size=2000))
def test_any_bytes_are_walked_within_bounds(magic: bytes, body: bytes) -> None:
    """The walk never raises, and what it returns lies inside the data, in order."""
    data = magic + body
    found = amr.walk(data)

    if found is not None:
        edges = [edge for packet in found.packets for edge in packet]
        assert edges == sorted(edges)
        assert len(magic) == edges[0]
        assert edges[-1] <= len(data)
        assert found.complete == (edges[-1] == len(data))
        assert 1 <= found.frames <= len(body)


@given(st.lists(st.sampled_from([FULL, COMFORT_NOISE, NOTHING]), min_size=10, max_size=200))
def test_a_well_formed_file_is_walked_whole(frames: list[bytes]) -> None:
    """Any sequence of good frames is counted exactly."""
    found = amr.walk(amr.MAGIC + b"".join(frames))

    assert found is not None
    assert (found.frames, found.complete) == (len(frames), True)
