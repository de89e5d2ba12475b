"""The parent's side of the limited process: start it with nothing but its descriptors, bound its time, hear it."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audio.faults import Unreadable
from audio.limits import Limits

_CHILD = "from audio.worker import main; main()"
_INTERRUPTIONS = (-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)


def ask(request: dict[str, Any], recording: int, scratch: int, rendition: int, limits: Limits) -> dict[str, Any]:
    """Have `request` done on three open descriptors in a process of its own, and return what it found.

    Raises Unreadable for what the recording is to blame for (crashes and overspending included), OSError for what
    the machine is: no room, no memory for a process, an installation that does not start.
    """
    whole = {
        **request,
        "scratch": scratch,
        "rendition": rendition,
        "limits": asdict(limits),
        "parent": os.getpid(),
    }
    with subprocess.Popen(  # noqa: S603 (our own interpreter, on our own code)
        [sys.executable, "-S", "-P", "-W", "ignore", "-c", _CHILD, json.dumps(whole)],
        stdin=recording,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(scratch, rendition),
        cwd="/",
        env=environment(),
        start_new_session=True,
    ) as child:
        try:
            output, log = child.communicate(timeout=limits.wall)
        except subprocess.TimeoutExpired as late:
            child.kill()
            raise Unreadable("limits") from late
        except BaseException:
            child.kill()
            raise
    return _outcome(child.returncode, output, log)


def environment() -> dict[str, str]:
    """That of a process of ours: no secret, no proxy; only where the modules lie."""
    here = str(Path(__file__).resolve().parent.parent)
    return {"PATH": "", "PYTHONPATH": os.pathsep.join([here, *(os.path.abspath(entry) for entry in sys.path)])}


def _outcome(status: int, output: bytes, log: bytes) -> dict[str, Any]:
    if status in _INTERRUPTIONS:
        raise InterruptedError("the process that reads recordings was told to stop; try again")
    if status < 0:
        raise Unreadable("limits")
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError as nonsense:
        last = log.decode(errors="replace").strip().splitlines()[-1:]
        raise ChildProcessError(status, f"the process that reads recordings failed: {' '.join(last)}") from nonsense
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    if "errno" in answer:
        raise OSError(answer["errno"], answer["message"])
    done: dict[str, Any] = answer["done"]
    return done
