"""What a program costs: `python -m bench.spent PROGRAM…`, or `… --prepare SOURCE TARGET` for our own pass over sound.

This process stays small: a new process inherits the high-water mark of the memory of the one that starts it.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.processes import answer


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall time and processor time in seconds, and the most memory that one process had, in MB (10^6 bytes)."""

    seconds: float
    cpu: float
    memory: float


def spent(*command: str, env: dict[str, str] | None = None) -> Spent:
    """Run it and say what it cost, all its own children included; raises CalledProcessError when it fails."""
    return Spent(**answer("bench.spent", *command, env=env))


def main(command: list[str]) -> None:
    """Do it, and print what it cost as a line of JSON."""
    began = time.perf_counter()
    if command[0] == "--prepare":
        from audio.recordings import prepare

        prepare(Path(command[1]), Path(command[2]))
    else:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    print(json.dumps({"seconds": wall, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * unit / 1e6}))


if __name__ == "__main__":
    main(sys.argv[1:])
