"""Which kind of table a file or a request's body is."""

from dataclasses import dataclass
from email.message import Message
from enum import StrEnum
from pathlib import PurePath

from server.domain.errors import Unsupported


class Kind(StrEnum):
    """The kinds of table that can be imported."""

    CSV = "text/csv"
    JSON = "application/json"
    NDJSON = "application/x-ndjson"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Media:
    """The kind of a table and, where its sender says so, the character set of its text."""

    kind: Kind
    charset: str | None = None


SUFFIXES = {
    ".csv": Kind.CSV,
    ".txt": Kind.CSV,
    ".tsv": Kind.CSV,
    ".json": Kind.JSON,
    ".ndjson": Kind.NDJSON,
    ".jsonl": Kind.NDJSON,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
}
_OTHER_NAMES = {
    "application/csv": Kind.CSV,
    "text/tab-separated-values": Kind.CSV,
    "application/ndjson": Kind.NDJSON,
    "application/jsonl": Kind.NDJSON,
    "application/vnd.ms-excel.sheet.macroenabled.12": Kind.XLSX,
}
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-1": "cp1252",  # as on the web: who says Latin-1 means Windows-1252
    "latin1": "cp1252",
    "iso-8859-15": "iso-8859-15",
}


def from_content_type(header: str) -> Media:
    """The media behind a Content-Type (RFC 9110 §8.3). Raises Unsupported for what is no table."""
    message = Message()
    message["Content-Type"] = " ".join(header.split()) or "application/octet-stream"
    name = message.get_content_type()
    kind = _OTHER_NAMES.get(name) or next((kind for kind in Kind if kind == name), None)
    if kind is None:
        raise Unsupported("unsupported-table", type=name)
    charset = message.get_param("charset")
    if charset is None:
        return Media(kind)
    known = _CHARSETS.get(str(charset).strip().lower())
    if known is None:
        raise Unsupported("unsupported-charset", charset=str(charset)[:50])
    return Media(kind, known)


def from_name(name: str) -> Media:
    """The media behind a file's name. Raises Unsupported for a suffix that is no table's."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Unsupported("unsupported-table", type=PurePath(name).name)
    return Media(SUFFIXES[suffix])
