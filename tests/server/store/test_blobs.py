"""Recordings as files."""

import os
import time
from pathlib import Path

from server.store.blobs import LEFT_OVER_AFTER, Blobs


def test_what_is_kept_lies_under_its_hash_and_once(blobs: Blobs) -> None:
    """Keeping the same bytes twice leaves one file, and nothing in the way in."""
    for _ in range(2):
        with blobs.incoming() as incoming:
            incoming.write(b"abc")
            incoming.write(b"def")
            kept = incoming.sync()
            blobs.keep(incoming, kept)
    assert kept.sha256 == "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721"
    assert blobs.original(kept.sha256).read_bytes() == b"abcdef"
    assert list((blobs.root / "incoming").iterdir()) == []


def test_what_is_not_kept_leaves_nothing(blobs: Blobs) -> None:
    """A recording that was written but not kept is gone when the block ends."""
    with blobs.incoming() as incoming:
        incoming.write(b"abc")
        assert incoming.path.exists()
    assert list((blobs.root / "incoming").iterdir()) == []


def test_only_old_leftovers_are_dropped(blobs: Blobs) -> None:
    """What a dead process left goes after an hour; what somebody is writing stays."""
    old = _leftover(blobs.root / "incoming" / "tmpold", age=LEFT_OVER_AFTER + 60)
    part = _leftover(blobs.rendition("ab" * 32, "ogg").with_name(".x.part"), age=LEFT_OVER_AFTER + 60)
    growing = _leftover(blobs.root / "incoming" / "tmpnew", age=60)
    assert blobs.drop_leftovers() == 2
    assert (old.exists(), part.exists(), growing.exists()) == (False, False, True)


def _leftover(path: Path, age: float) -> Path:
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path
