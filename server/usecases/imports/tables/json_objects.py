"""JSON arrays of objects (RFC 8259) and NDJSON, read item by item."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from server.domain.errors import Invalid
from server.usecases.imports.tables.lines import bounded
from server.usecases.imports.tables.rows import COLUMN_LIMIT, ROW_LIMIT, Flaw, Reading, Row, column_name
from server.usecases.imports.tables.scalars import from_json

_CHUNK = ROW_LIMIT
_PATIENCE = 16 * ROW_LIMIT  # an item is decoded again with each chunk, so its growth must end
_SPACE = " \t\r\n"
_decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def read_array(text: TextIO) -> Reading:
    """The objects of one JSON array, numbered from 1.

    An item that is no object, or too large, is a Flaw by itself; where the JSON is broken the reading ends.
    """
    number = 0
    try:
        for number, (item, size) in enumerate(_items(text), 1):
            yield _row(number, item, size)
    except Invalid as error:
        yield Flaw(number + 1, error)


def read_lines(text: TextIO) -> Reading:
    """The objects of NDJSON, a line each, numbered by line. A broken line is a Flaw by itself."""
    for number, line in enumerate(bounded(text), 1):
        if line is None:
            yield Flaw(number, Invalid("row-too-large", limit=ROW_LIMIT))
        elif line.strip():
            yield _line(number, line)


def _line(number: int, line: str) -> Row | Flaw:
    try:
        item = _decoder.decode(line.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError):
        return Flaw(number, Invalid("json-broken"))
    return _row(number, item, len(line))


def _row(number: int, item: Any, size: int) -> Row | Flaw:
    if size > ROW_LIMIT:
        return Flaw(number, Invalid("row-too-large", limit=ROW_LIMIT))
    if not isinstance(item, dict):
        return Flaw(number, Invalid("not-an-object"))
    if len(item) > COLUMN_LIMIT:
        return Flaw(number, Invalid("too-many-columns", limit=COLUMN_LIMIT))
    values: dict[str, str] = {}
    for key, value in item.items():
        name = column_name(key)
        try:
            values[name] = from_json(value, name)
        except Invalid as error:
            return Flaw(number, error, name)
    return Row(number, values)


class _Buffer:
    """What was read of the text and not used yet."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.rest = ""
        self.ended = False

    def more(self) -> bool:
        """Read another chunk; False at the end of the text."""
        chunk = self._text.read(_CHUNK)
        self.rest += chunk
        self.ended = not chunk
        return bool(chunk)

    def peek(self) -> str:
        """The next character that is no space, or nothing at the end."""
        while True:
            self.rest = self.rest.lstrip(_SPACE)
            if self.rest or not self.more():
                return self.rest[:1]

    def take(self, count: int) -> None:
        """Drop what has been used."""
        self.rest = self.rest[count:]


def _items(text: TextIO) -> Iterator[tuple[Any, int]]:
    """The array's items with the number of characters each takes. Raises Invalid where the JSON is broken."""
    buffer = _Buffer(text)
    if buffer.peek() == "\ufeff":
        buffer.take(1)
    if buffer.peek() != "[":
        raise Invalid("not-an-array")
    buffer.take(1)
    if buffer.peek() != "]":
        while True:
            yield _item(buffer)
            separator = buffer.peek()
            if separator == "]":
                break
            if separator != ",":
                raise Invalid("json-broken")
            buffer.take(1)
            buffer.peek()
    buffer.take(1)
    if buffer.peek():
        raise Invalid("json-broken")


def _item(buffer: _Buffer) -> tuple[Any, int]:
    while True:
        try:
            item, end = _decoder.raw_decode(buffer.rest)
            # A number, or a literal, may go on in the next chunk.
            complete = end < len(buffer.rest) or buffer.ended
        except RecursionError as error:
            raise Invalid("json-broken") from error
        except json.JSONDecodeError as error:
            if buffer.ended:
                raise Invalid("json-broken") from error
            complete = False
        if complete:
            buffer.take(end)
            return item, end
        if len(buffer.rest) > _PATIENCE:
            raise Invalid("row-too-large", limit=ROW_LIMIT)
        buffer.more()
