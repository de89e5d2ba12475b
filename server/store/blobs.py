"""Recordings as files: content-addressed originals that are never changed, and renditions that can be made again."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

LEFT_OVER_AFTER: Final = 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """What has been written: SHA-256 in hex and number of bytes."""

    sha256: str
    bytes: int


class Incoming:
    """A recording on its way in: a file that is hashed while it grows, or afterwards if it goes on after `at` bytes."""

    def __init__(self, descriptor: int, path: Path, at: int = 0) -> None:
        self._descriptor = descriptor
        self._hash = None if at else sha256()
        self._bytes = at
        self.path = path

    @property
    def size(self) -> int:
        """How many bytes have come so far."""
        return self._bytes

    def write(self, chunk: bytes) -> None:
        """Append; raises OSError (ENOSPC when the disk is full)."""
        view = memoryview(chunk)
        while view:
            view = view[os.write(self._descriptor, view) :]
        if self._hash is not None:
            self._hash.update(chunk)
        self._bytes += len(chunk)

    def renamed(self, path: Path) -> "Incoming":
        """The same, by another name of its file."""
        return Incoming(self._descriptor, path, self._bytes)

    def head(self, size: int) -> bytes:
        """Its first bytes."""
        return os.pread(self._descriptor, size, 0)

    def cut(self, size: int) -> None:
        """Throw away what lies behind the first `size` bytes; nothing more can be written then."""
        os.ftruncate(self._descriptor, size)

    def force(self) -> None:
        """Force it to the disk."""
        os.fsync(self._descriptor)

    def sync(self) -> Kept:
        """Force it to the disk and say what it is."""
        self.force()
        if self._hash is None:
            # By its descriptor: whoever takes an upload over removes the name.
            with os.fdopen(os.dup(self._descriptor), "rb") as file:
                file.seek(0)
                self._hash = file_digest(file, sha256)
        return Kept(self._hash.hexdigest(), self._bytes)


class Blobs:
    """A folder with `incoming/`, `uploads/`, `originals/ab/abcd…` and `renditions/ab/abcd….ogg`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._incoming = root / "incoming"

    def prepare(self) -> None:
        """Make the folders where they are missing."""
        for folder in (self._incoming, *(self.root / name for name in ("originals", "renditions", "uploads"))):
            folder.mkdir(parents=True, exist_ok=True)
        # All at once, so that no recording has to wait for its folder to be on the disk.
        missing = [folder for number in range(256) if not (folder := self._shard(f"{number:02x}")).exists()]
        for folder in missing:
            folder.mkdir(exist_ok=True)
        if missing:
            sync_folder(self.root / "originals")

    def drop_leftovers(self) -> int:
        """Remove what processes that died left half-written; how many files that were.

        A file that still grows was written to within the hour, whichever process or machine writes it.
        """
        leftovers = [*self._incoming.iterdir(), *(self.root / "renditions").glob("*/.*.part")]
        old = [path for path in leftovers if time.time() - path.stat().st_mtime > LEFT_OVER_AFTER]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """A place to write a recording to; gone when the block ends, unless `keep` has moved it."""
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        try:
            yield Incoming(descriptor, Path(name))
        finally:
            os.close(descriptor)
            Path(name).unlink(missing_ok=True)

    def keep(self, incoming: Incoming, kept: Kept) -> None:
        """Move a synced recording to its place for good. Cheap and repeatable; call it just before the commit."""
        target = self.original(kept.sha256)
        if target.exists():
            return
        incoming.path.rename(target)
        sync_folder(target.parent)

    def original(self, digest: str) -> Path:
        """Where the recording with this SHA-256 lies."""
        return self._shard(digest[:2]) / digest

    def _shard(self, prefix: str) -> Path:
        return self.root / "originals" / prefix

    def rendition(self, digest: str, suffix: str) -> Path:
        """Where a rendition of it lies, or would; its folder exists afterwards."""
        folder = self.root / "renditions" / digest[:2]
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{digest}.{suffix}"


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
