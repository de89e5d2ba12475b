"""Codes and tokens."""

from datetime import timedelta

from server.domain.credentials import code_digest, digest, new_code, new_token, wait_after


def test_a_code_may_be_typed_anyhow() -> None:
    """Case, hyphens and spaces do not count; O is 0, I and L are 1."""
    assert code_digest("k7q2 9fxm-30il") == code_digest("K7Q2-9FXM-3O11")
    assert code_digest("K7Q2-9FXM-3TBA") != code_digest("K7Q2-9FXM-3TBB")


def test_codes_and_tokens_are_never_the_same() -> None:
    """A hundred of each are all different, and only their digests are kept."""
    assert len({new_code() for _ in range(100)}) == 100
    assert len({digest(new_token("cld")) for _ in range(100)}) == 100


def test_ten_wrong_codes_are_free_and_then_waiting_doubles() -> None:
    """Nobody waits for a slip of the finger; guessing becomes hopeless, and never worse than a quarter of an hour."""
    assert wait_after(9) == timedelta(0)
    assert wait_after(10) == timedelta(seconds=2)
    assert wait_after(12) == timedelta(seconds=8)
    assert wait_after(1_000) == timedelta(minutes=15)
