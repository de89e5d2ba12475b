"""How many bytes can be within the longest note."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.policy import Policy
from server.domain.upload_limits import HEAD, SLACK, largest

MINUTE = Policy(longest_note=60)


def wave_head(tag: int = 1, channels: int = 1, rate: int = 8000, bits: int = 16) -> bytes:
    """The first bytes of a WAV file with these claims."""
    chunk = struct.pack("<HHIIHH", tag, channels, rate, 1, 2, bits)
    return b"RIFF" + b"\xff" * 4 + b"WAVEfmt " + struct.pack("<I", 16) + chunk


@pytest.mark.parametrize(
    ("head", "bytes_a_second"),
    [(b"#!AMR\n\x3c", 1600), (b"#!AMR-WB\n\x3c", 3050), (wave_head(), 16_000), (wave_head(7, bits=8), 8_000)],
)
def test_formats_of_a_fixed_rate_are_limited_by_length(head: bytes, bytes_a_second: int) -> None:
    """A minute of AMR or PCM has a known most number of bytes."""
    assert largest(head, MINUTE) == (60 * bytes_a_second + SLACK, "1 min")


@pytest.mark.parametrize("head", [wave_head(rate=1), wave_head(rate=4_000_000_000), wave_head(channels=99), b"OggS"])
def test_a_head_that_cannot_be_trusted_decides_nothing(head: bytes) -> None:
    """An absurd header, or a format of varying rate, is limited by bytes alone."""
    assert largest(head, MINUTE) == (MINUTE.largest_upload, "64 MB")


@given(st.binary(max_size=HEAD))
def test_no_beginning_raises(head: bytes) -> None:
    """Any first bytes give a limit that is never above the policy's."""
    assert 0 < largest(head, MINUTE)[0] <= MINUTE.largest_upload
