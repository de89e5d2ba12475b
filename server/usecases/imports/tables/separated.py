"""CSV (RFC 4180) as spreadsheets write it: comma, semicolon or tab, with or without Excel's `sep=` line."""

import csv
from collections.abc import Iterator
from typing import TextIO

from server.domain.errors import Invalid
from server.usecases.imports.tables.lines import bounded
from server.usecases.imports.tables.rows import ROW_LIMIT, Flaw, Reading, column_names, match

_DELIMITERS = ",;\t"


class _RowTooLarge(Exception):
    pass


class _QuoteOpen(Exception):
    pass


class _Lines(Iterator[str]):
    """The file's lines, numbered; ROW_LIMIT holds for each, and for all those that one row takes together."""

    def __init__(self, text: TextIO) -> None:
        self._lines = bounded(text)
        self._taken = 0
        self._count = 0

    def begin_row(self) -> int:
        """Count anew; gives the number of the line that the next row begins on."""
        self._taken = 0
        return self._count + 1

    def __next__(self) -> str:
        line = next(self._lines)
        self._count += 1
        if line is None:
            raise _RowTooLarge
        self._taken += len(line)
        if self._taken > ROW_LIMIT:
            raise _QuoteOpen
        return line


def delimiter_of(header: str) -> str:
    """The delimiter that a header line uses most outside quotes; a comma if none."""
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def read(text: TextIO) -> Reading:
    """The rows of a CSV file, numbered by the line that each begins on.

    A row with a stray quote, too many cells or more than ROW_LIMIT characters is a Flaw by itself; a header that
    cannot be used and a quote that is never closed end the reading.
    """
    try:
        delimiter, lines, header = _opening(text)
        names = column_names(next(csv.reader([header], delimiter=delimiter, strict=True), []))
    except (csv.Error, _RowTooLarge):
        yield Flaw(1, Invalid("header-broken"))
        return
    except Invalid as error:
        yield Flaw(1, error)
        return
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.begin_row()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except _RowTooLarge:
            yield Flaw(number, Invalid("row-too-large", limit=ROW_LIMIT))
        except _QuoteOpen:
            yield Flaw(number, Invalid("quote-open"))
            return
        except csv.Error as error:
            ended = "unexpected end" in str(error)
            yield Flaw(number, Invalid("quote-open" if ended else "quote-stray"))
        else:
            if item := match(number, names, cells):
                yield item


def _opening(text: TextIO) -> tuple[str, _Lines, str]:
    """The delimiter, the lines after the header, and the header line itself."""
    lines = _Lines(text)
    header = next(lines, "")
    while header and not header.strip():
        header = next(lines, "")
    said = header.strip().lower()
    if said.startswith("sep=") and len(said) <= len("sep=;"):
        header_after = next(lines, "")
        return (header.strip("\r\n")[4:] or ","), lines, header_after
    return delimiter_of(header), lines, header
