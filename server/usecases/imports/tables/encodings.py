"""Bytes to text: which encoding a file is in is found out from all of it, without holding it."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(stream: BinaryIO, said: str | None = None) -> str:
    """The encoding of a seekable stream, which is left at its start.

    A byte-order mark decides; then what its sender said; then UTF-8 if every byte agrees, else Windows-1252, which is
    what Excel writes when it says “CSV”. A sender's “UTF-8” is checked, for many say it by default.
    """
    stream.seek(0)
    start = stream.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    found = marked or (said if said and said != "utf-8" else None) or _guess(stream)
    stream.seek(0)
    return found


def _guess(stream: BinaryIO) -> str:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


@contextmanager
def decoded(stream: BinaryIO, said: str | None = None) -> Iterator[TextIO]:
    """The stream as text with its line ends untouched; a byte without meaning becomes U+FFFD."""
    text = io.TextIOWrapper(stream, encoding_of(stream, said), errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()  # closing the stream is its owner's
