"""What reading one recording may cost, and how a process binds itself to that."""

import ctypes
import math
import os
import resource
import signal
import sys
from dataclasses import dataclass

PCM_RATE = 16_000
PCM_BYTES_PER_SECOND = 2 * PCM_RATE
DESCRIPTORS = 5

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one piece of work on one recording.

    `longest` is in seconds of decoded sound, `memory` in bytes of address space, `cpu` and `wall` in seconds,
    `file_bytes` the size no written file may pass. The last three follow from `longest` where they are left at 0.
    """

    longest: float = 3600.0
    memory: int = 512 << 20
    cpu: int = 0
    wall: float = 0
    file_bytes: int = 0

    def __post_init__(self) -> None:
        # A tenth of real time is about ten times what the slowest format costs on a small server.
        cpu = self.cpu or 20 + math.ceil(self.longest / 10)
        derived = {
            "cpu": cpu,
            "wall": self.wall or 30 + 2 * cpu,
            "file_bytes": self.file_bytes or (1 << 20) + PCM_BYTES_PER_SECOND * math.ceil(self.longest + 2),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)


def confine(limits: Limits, parent: int) -> None:
    """Bind this process to `limits` for good: after this it opens no file and no connection, starts no process,
    gains no privilege, leaves no core, and dies when the process `parent` does.

    Descriptors 0 to 4 have to be taken already, or the free ones could still be opened. What the platform does not
    have is left out; a limit that Linux refuses raises OSError or ValueError.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        for option, value in ((_PR_SET_PDEATHSIG, int(signal.SIGKILL)), (_PR_SET_NO_NEW_PRIVS, 1)):
            if libc.prctl(option, value, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(0)
    bounds = {
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_AS": (limits.memory, limits.memory),
        "RLIMIT_CPU": (limits.cpu, limits.cpu + 5),
        "RLIMIT_FSIZE": (limits.file_bytes, limits.file_bytes),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_NOFILE": (DESCRIPTORS, DESCRIPTORS),
    }
    for name, (soft, hard) in bounds.items():
        _limit(name, soft, hard)


def _limit(name: str, soft: int, hard: int) -> None:
    which = getattr(resource, name, None)
    if which is None:
        return
    ceiling = resource.getrlimit(which)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    try:
        resource.setrlimit(which, (soft, hard))
    except (OSError, ValueError):
        # macOS knows RLIMIT_AS but refuses to set it.
        if sys.platform == "linux":
            raise
