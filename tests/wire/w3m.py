"""w3m at a terminal of its own: what a person types goes in, what they would see comes out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ESCAPE = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])|[\x0e\x0f\r\x00]")
REDRAW, BEGINNING, TAB, ENTER = b"\x0c", b"g", b"\t", b"\r"
ROWS, COLUMNS = 40, 80


class W3m:
    """One w3m that shows a page."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal

    def see(self, words: str, seconds: float = 20) -> None:
        """Wait until the screen shows these words."""
        end = time.monotonic() + seconds
        # Spaces are drawn by moving the cursor, so they do not count.
        while "".join(words.split()) not in "".join((screen := self._screen()).split()):
            assert time.monotonic() < end, f"{words!r} is not on the screen:\n{screen}"

    def press(self, link_or_button: str) -> None:
        """Move to a link or a button by searching for its words from the page's beginning, and press it."""
        self._type(BEGINNING + b"/" + link_or_button.encode() + ENTER)
        self._type(ENTER)

    def fill_in(self, label: str, value: str) -> None:
        """Type into the field that follows these words. Where it takes a file, w3m then sends the form by itself."""
        self._type(BEGINNING + b"/" + label.encode() + ENTER + TAB)
        self._type(ENTER)
        self._type(value.encode() + ENTER)

    def _type(self, keys: bytes) -> None:
        os.write(self._terminal, keys)
        self._drawn()

    def _screen(self) -> str:
        os.write(self._terminal, REDRAW)
        return ESCAPE.sub("", self._drawn().decode("utf-8", "replace"))

    def _drawn(self) -> bytes:
        """What w3m draws until it is still."""
        drawn = b""
        while select.select([self._terminal], [], [], 0.25)[0]:
            try:
                drawn += os.read(self._terminal, 65_536)
            except OSError:  # it has ended
                break
        return drawn


@contextmanager
def browsing(address: str, home: Path) -> Iterator[W3m]:
    """w3m at this address; its cookies are in `home`."""
    terminal, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8"}
    command = ["w3m", "-cookie", "-o", "accept_cookie=1", "-I", "UTF-8", "-O", "UTF-8", address]
    with subprocess.Popen(
        command, stdin=inside, stdout=inside, stderr=inside, env=environment, start_new_session=True
    ) as process:
        os.close(inside)
        try:
            yield W3m(terminal)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            os.close(terminal)
