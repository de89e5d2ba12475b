"""XLSX workbooks: the first sheet, row by row, with limits on what a small file may unfold to."""

import itertools
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

from server.domain.errors import Invalid
from server.usecases.imports.tables import shared_strings
from server.usecases.imports.tables.rows import ROW_LIMIT, Flaw, Reading, column_names, match
from server.usecases.imports.tables.scalars import from_workbook

LARGEST = 512 * 1024 * 1024  # bytes of all parts, unpacked
LARGEST_STRINGS = 128 * 1024 * 1024  # the table of shared strings is held in memory
STEEPEST = 100  # unpacked bytes for a packed one; what Excel writes stays under 30
UNSUSPICIOUS = 8 * 1024 * 1024
MOST_ROWS = 1_048_576  # Excel's own limit


def read(stream: BinaryIO) -> Reading:
    """The rows of a workbook's first visible sheet, numbered as the spreadsheet shows them.

    The header is the first row that is not blank. Formulas count with the value that was last shown. A file that is
    no workbook, or is broken further down, ends the reading with a Flaw.
    """
    number = 0
    names: list[str] | None = None
    try:
        for number, cells in _cells(stream):
            if names is None:
                names = column_names(cells) if any(cells) else None
                continue
            if sum(map(len, cells)) > ROW_LIMIT:
                yield Flaw(number, Invalid("row-too-large", limit=ROW_LIMIT))
            elif item := match(number, names, cells):
                yield item
    except Invalid as error:
        yield Flaw(max(number, 1), error)
    except Exception:  # a damaged workbook breaks its reader in every way there is
        yield Flaw(number + 1, Invalid("workbook-broken"))


class _Reader(ExcelReader):
    def read_strings(self) -> None:
        """The shared strings, without the library's element of XML for each."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName.removeprefix("/")) as source:
                self.shared_strings = shared_strings.read(source)


def _cells(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    _check_size(stream)
    stream.seek(0)
    reader = _Reader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read()
    book = reader.wb
    try:
        sheet: Any = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()  # many programs write wrong ones
        for number, row in enumerate(itertools.islice(sheet.iter_rows(values_only=True), MOST_ROWS), 1):
            yield number, [from_workbook(value) for value in _without_tail(row)]
    finally:
        book.close()


def _without_tail(row: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _check_size(stream: BinaryIO) -> None:
    # The sizes in the directory bind: zipfile hands out no more bytes than an entry claims to have.
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    strings = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    steep = unpacked > UNSUSPICIOUS and unpacked / packed > STEEPEST
    if steep or unpacked > LARGEST or strings > LARGEST_STRINGS:
        raise Invalid("workbook-too-large", limit=LARGEST // 1024 // 1024)
