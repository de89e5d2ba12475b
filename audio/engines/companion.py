"""A process that works for us for a while: spoken to in lines of JSON over pipes, bounded in time, ended at will."""

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from typing import IO, Any

from audio.process import environment


class Lost(Exception):
    """The process ended, said nonsense, or took too long; it has been ended. `status` is its exit status."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class Companion:
    """A Python process of our own code, in a session of its own, with no environment but where its modules lie."""

    def __init__(self, code: str, argument: Mapping[str, Any], variables: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter, on our own code)
            [sys.executable, "-P", "-W", "ignore", "-c", code, json.dumps(argument)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**environment(), **variables},
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it is still there."""
        return self._process.poll() is None

    def answer(
        self, seconds: float, request: Mapping[str, Any] | None = None, data: IO[bytes] | None = None
    ) -> dict[str, Any]:
        """Send a request, with what is in `data` after it, and wait for the line that answers it.

        Raises Lost where that has not come after so many seconds, or cannot come any more.
        """
        late = Timer(seconds, self._process.kill)
        late.daemon = True
        late.start()
        try:
            if request is not None:
                self._send(request, data)
            answer: dict[str, Any] = json.loads(self._pipe(self._process.stdout).readline())
        except (OSError, ValueError) as broken:
            self.end()
            raise Lost(self._process.returncode) from broken
        finally:
            late.cancel()
        return answer

    def end(self) -> None:
        """End it, whatever it does, and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was still to be written is of no interest to it any more
                self._pipe(pipe).close()

    def _send(self, request: Mapping[str, Any], data: IO[bytes] | None) -> None:
        pipe = self._pipe(self._process.stdin)
        pipe.write(json.dumps(request).encode() + b"\n")
        while data is not None and (piece := data.read(1 << 20)):
            pipe.write(piece)
        pipe.flush()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise BrokenPipeError
        return pipe
