"""The shared strings of a workbook (ECMA-376 Part 1, 18.4): each once, as plain text, read as a stream.

Most of a large workbook's text is here. The library's own reader keeps an element of XML for each string.
"""

import re
from typing import IO
from xml.parsers import expat

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Strings:
    """Handlers of the parser: the text of `t` within `si`, but not of the reading aids in `rPh`."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._aside = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self._in_text = not self._aside
        elif local == "rPh":
            self._aside = True

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self._in_text = False
        elif local == "rPh":
            self._aside = False
        elif local == "si":
            self.found.append(_unescaped("".join(self._parts)))
            self._parts.clear()

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)


def _unescaped(text: str) -> str:
    # What XML cannot hold is written as _x000D_, and an underscore before such a thing as _x005F_.
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _forbid(*_declaration: object) -> None:
    msg = "a workbook declares no entities"
    raise ValueError(msg)


def read(source: IO[bytes]) -> list[str]:
    """The strings in their order. Raises ValueError for entity declarations, ExpatError for broken XML."""
    strings = _Strings()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = strings.start
    parser.EndElementHandler = strings.end
    parser.CharacterDataHandler = strings.text
    parser.EntityDeclHandler = _forbid
    parser.ParseFile(source)
    return strings.found
