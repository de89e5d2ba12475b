"""Lines of text that cannot fill the memory, however long somebody makes them."""

from collections.abc import Iterator
from typing import TextIO

from server.usecases.imports.tables.rows import ROW_LIMIT


def bounded(text: TextIO) -> Iterator[str | None]:
    """Each line with its end, or None in the place of one longer than ROW_LIMIT characters."""
    while line := text.readline(ROW_LIMIT + 1):
        if len(line) <= ROW_LIMIT:
            yield line
            continue
        while line and not line.endswith(("\n", "\r")):
            line = text.readline(ROW_LIMIT)
        yield None
