"""Small disks of memory, mounted for tests, and what fills them."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.service import until


def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """An empty disk of that many bytes, mounted there until the test is over; skips where that cannot be done."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk takes root, and a kernel that lets it")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Balloon:
    """A file that takes up the disk's room."""

    def __init__(self, disk: Path) -> None:
        self.path = disk / "balloon"

    def leave(self, room: int) -> None:
        """Blow it up until so many bytes are left on the disk."""
        self.path.unlink(missing_ok=True)
        until(lambda: self._blown_up(room), 5, "the disk holds still for long enough to be filled")

    def _blown_up(self, room: int) -> bool:
        disk = os.statvfs(self.path.parent)
        try:
            with self.path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(1, disk.f_bavail * disk.f_frsize - room))
        except OSError:  # the worker has taken some of the room since it was measured
            self.burst()
            return False
        return True

    def burst(self) -> None:
        """Give all of the room back."""
        self.path.unlink(missing_ok=True)
