"""The text of a mail as it comes after DATA (RFC 5321 §4.5.2)."""

import re
from typing import Final

_END: Final = b"\r\n.\r\n"
_ANY_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


class DotText:
    """Takes the bytes of a connection as they come, and gives the mail's own.

    Only CR LF . CR LF ends it: a server that also took LF . LF or CR . CR for the end would let one mail smuggle in
    another. A CR or LF that stands alone becomes CR LF, so that whoever reads the mail sees the lines that we saw.
    """

    def __init__(self) -> None:
        self.ended = False
        self.rest = b""  # what came after the end
        self._held = b"\r\n"  # the line end of the DATA command itself
        self._first = True

    def feed(self, chunk: bytes) -> bytes:
        """The mail's bytes that are certain by now; no more after `ended`."""
        text = self._held + chunk
        end = text.find(_END)
        if end >= 0:
            self.ended = True
            self.rest = text[end + len(_END) :]
            text = text[: end + 2]
        else:
            held = _beginning_of_an_end(text)
            text, self._held = text[: len(text) - held], text[len(text) - held :]
        lines = text.replace(b"\r\n.", b"\r\n")
        if self._first and lines:
            lines = lines[2:]
            self._first = False
        return _with_whole_line_ends(lines)


def _beginning_of_an_end(text: bytes) -> int:
    return next((size for size in range(len(_END) - 1, 0, -1) if text.endswith(_END[:size])), 0)


def _with_whole_line_ends(lines: bytes) -> bytes:
    if lines.count(b"\r") == lines.count(b"\n") == lines.count(b"\r\n"):
        return lines
    return _ANY_LINE_END.sub(b"\r\n", lines)
