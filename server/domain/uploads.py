"""Uploads: recordings that come in pieces. The values that their requests carry, and what they must be.

Lengths and offsets are in bytes. The headers are those of tus 1.0.0 (https://tus.io/protocols/resumable-upload).
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.domain.errors import ChecksumMismatch, Malformed, TooLarge

LASTS: Final = timedelta(days=7)  # since the last progress
MOST_OPEN: Final = 100  # unfinished uploads of one device
LONGEST_METADATA: Final = 32 * 1024
ALGORITHMS: Final = ("sha1", "sha256")

_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_METADATA_KEY: Final = re.compile(r"[!-+\--~]{1,100}")  # visible ASCII but the comma
_BY_SUFFIX: Final = {
    "3gp": "audio/3gpp",
    "aac": "audio/aac",
    "amr": "audio/amr",
    "awb": "audio/amr-wb",
    "caf": "audio/x-caf",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "audio/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "qcp": "audio/qcelp",
    "wav": "audio/wav",
    "webm": "audio/webm",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """How far an upload is.

    length  None until its sender says it
    note    the id of the note that it became; None while it is unfinished
    said    its Upload-Metadata as they came
    """

    uid: str
    offset: int
    length: int | None
    expires_at: datetime
    note: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request must hash to, by one of ALGORITHMS."""

    algorithm: str
    digest: bytes

    def check(self, found: bytes) -> None:
        """Raises ChecksumMismatch unless this is the digest that was announced."""
        if found != self.digest:
            raise ChecksumMismatch


def read_number(text: str, field: str) -> int:
    """A length or an offset; raises Malformed for what is negative, no number, or absurd."""
    if not _NUMBER.fullmatch(text):
        raise Malformed(field=field, reason="not a whole number of bytes")
    return int(text)


def read_length(text: str, most: int, field: str = "Upload-Length") -> int:
    """The length of a whole upload; raises Malformed, or TooLarge above `most`."""
    length = read_number(text, field)
    check_length(length, most)
    return length


def check_length(length: int, most: int) -> None:
    """Raises TooLarge for an upload that may not become that long."""
    if length > most:
        raise TooLarge(limit=f"{most // (1024 * 1024)} MB")


def read_metadata(text: str) -> dict[str, str]:
    """Upload-Metadata as fields; a key without a value is an empty one.

    Raises Malformed for keys that come twice or are none, and for values that are not base64 of UTF-8.
    """
    if len(text) > LONGEST_METADATA:
        raise Malformed(field="Upload-Metadata", reason=f"longer than {LONGEST_METADATA // 1024} KB")
    fields: dict[str, str] = {}
    for pair in text.split(",") if text.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not _METADATA_KEY.fullmatch(key) or key in fields:
            raise Malformed(field="Upload-Metadata", reason="a key is missing or comes twice")
        try:
            fields[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise Malformed(field="Upload-Metadata", reason=f"“{key}” is not base64 of UTF-8") from error
    return fields


def media_type(fields: Mapping[str, str]) -> str:
    """The type that the metadata claim: by `filetype` or `type`, else by the suffix of `filename` or `name`."""
    claimed = fields.get("filetype") or fields.get("type")
    if claimed:
        return claimed.split(";")[0].strip().lower()
    name = fields.get("filename") or fields.get("name") or ""
    return _BY_SUFFIX.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def read_checksum(text: str) -> Checksum:
    """Upload-Checksum; raises Malformed for an algorithm that is not spoken here, or what is no digest of it."""
    algorithm, _, value = text.strip().partition(" ")
    if algorithm not in ALGORITHMS:
        raise Malformed(field="Upload-Checksum", reason=f"the algorithm is not one of {', '.join(ALGORITHMS)}")
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(field="Upload-Checksum", reason="not base64") from error
    if len(digest) != hashlib.new(algorithm, usedforsecurity=False).digest_size:
        raise Malformed(field="Upload-Checksum", reason=f"no digest of {algorithm}")
    return Checksum(algorithm, digest)


def content_of(fields: Mapping[str, str], kind: str, length: int | None) -> str:
    """Equal when the same Idempotency-Key creates the same upload; a device's clock goes on meanwhile."""
    told = sorted((name, value) for name, value in fields.items() if name != "device_time")
    return hashlib.sha256(repr((told, kind, length)).encode()).hexdigest()
