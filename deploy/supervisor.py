"""Keeps a child process running beside this one, and ends it with this one."""

import logging
import subprocess
from collections.abc import Sequence
from threading import Event, Thread
from types import TracebackType
from typing import Final

log = logging.getLogger("calepin.supervisor")

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
END_WITHIN: Final = 15.0


class Supervisor:
    """A context in which the command runs; when it ends by itself it is started again, ever more slowly.

    The child's standard input is a pipe of ours: it ends when we do, which tells the child that it is alone.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._stop = Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._keep_running, name="supervisor", daemon=True)

    def __enter__(self) -> "Supervisor":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._child is not None:
            self._child.terminate()
        self._thread.join(END_WITHIN)

    def _keep_running(self) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603 - our own interpreter
            status = self._wait(self._child)
            if self._stop.is_set():
                return
            log.warning("the worker ended with status %s; starting it again in %.1f s", status, pause)
            self._stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _wait(self, child: subprocess.Popen[bytes]) -> int:
        try:
            while True:
                try:
                    return child.wait(0.5)
                except subprocess.TimeoutExpired:
                    if self._stop.is_set():
                        child.terminate()
                        return self._end(child)
        finally:
            if child.stdin is not None:
                child.stdin.close()

    def _end(self, child: subprocess.Popen[bytes]) -> int:
        try:
            return child.wait(END_WITHIN - 3)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()
