"""What every measurement is given, and what it may say besides its figures."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the bench.

    folder    a temporary folder, gone afterwards
    keep      where what takes long to make is kept for the next run; the temporary folder if nowhere
    quick     short, on less data: for a first look
    progress  called with words for what is being done, while it is done
    remarks   sentences for below the table
    """

    folder: Path
    keep: Path
    quick: bool
    progress: Callable[[str], None]
    remarks: list[str] = field(default_factory=list)

    def rounds(self, usual: int) -> int:
        """How many interleaved rounds to measure."""
        return max(3, usual // 2) if self.quick else usual

    def environment(self, data: Path, port: int = 8000) -> dict[str, str]:
        """The environment of a process on the installation in that folder: no other setting of ours gets in."""
        foreign = {name: value for name, value in os.environ.items() if not name.startswith("CALEPIN_")}
        own = {"CALEPIN_DATA": str(data), "CALEPIN_HOST": "127.0.0.1", "CALEPIN_PORT": str(port)}
        return foreign | own | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
