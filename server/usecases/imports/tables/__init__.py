"""From a file's bytes to rows of text, whatever the table was written in."""

from typing import BinaryIO

from server.usecases.imports.tables import json_objects, separated, workbook
from server.usecases.imports.tables.encodings import decoded
from server.usecases.imports.tables.media import Kind, Media, from_content_type, from_name
from server.usecases.imports.tables.rows import Flaw, Reading, Row

__all__ = ["Flaw", "Kind", "Media", "Reading", "Row", "from_content_type", "from_name", "read"]


def read(stream: BinaryIO, media: Media) -> Reading:
    """The rows of a seekable stream, one at a time: a Row, or a Flaw for one that cannot be read.

    No more than a row and a chunk is held, whatever the size of the file (of a workbook: its shared strings too).
    """
    if media.kind is Kind.XLSX:
        yield from workbook.read(stream)
        return
    with decoded(stream, media.charset) as text:
        if media.kind is Kind.CSV:
            yield from separated.read(text)
        elif media.kind is Kind.JSON:
            yield from json_objects.read_array(text)
        else:
            yield from json_objects.read_lines(text)
