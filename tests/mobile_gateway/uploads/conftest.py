"""A place for recordings."""

from pathlib import Path

import pytest

from server.store.blobs import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """An empty store for recordings."""
    store = Blobs(tmp_path / "blobs")
    store.prepare()
    return store
