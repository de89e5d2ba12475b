"""How much memory a service has, with all its processes."""

import contextlib
from pathlib import Path
from typing import Final

MB: Final = 1_000_000


def resident_of(port: int) -> float:
    """The resident memory, in MB, of the processes that serve that port, children included (Linux: /proc)."""
    mark = f"CALEPIN_PORT={port}".encode()
    return sum(
        _resident(folder) for folder in Path("/proc").iterdir() if folder.name.isdecimal() and _has(folder, mark)
    )


def _has(folder: Path, mark: bytes) -> bool:
    try:
        return mark in (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _resident(folder: Path) -> float:
    with contextlib.suppress(OSError):
        for line in (folder / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MB
    return 0.0
