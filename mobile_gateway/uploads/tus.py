"""tus 1.0.0 with creation, creation-with-upload, creation-defer-length, checksum, expiration and termination."""

import secrets
from typing import Final

from fastapi import Request, Response

from mobile_gateway.intake.media import essence
from mobile_gateway.uploads.answers import http_date, location, note_location
from mobile_gateway.uploads.desk import Append, Create
from mobile_gateway.uploads.reception import announced_size
from server.domain.errors import Malformed, Unsupported, VersionNotSpoken
from server.domain.policy import Policy
from server.domain.uploads import (
    ALGORITHMS,
    Checksum,
    Upload,
    media_type,
    read_checksum,
    read_length,
    read_metadata,
    read_number,
)
from server.usecases.uploads import Appending, Creation

VERSION: Final = "1.0.0"
BODY_TYPE: Final = "application/offset+octet-stream"
EXTENSIONS: Final = "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination"
SPOKEN: Final = {"Tus-Resumable": VERSION}


def abilities(policy: Policy) -> dict[str, str]:
    """What OPTIONS tells."""
    return SPOKEN | {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(policy.largest_upload),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def check_version(request: Request) -> None:
    """Raises VersionNotSpoken unless the request is in this version."""
    if request.headers.get("tus-resumable") != VERSION:
        raise VersionNotSpoken


def read_creation(request: Request, policy: Policy) -> Create:
    """The POST that creates an upload. Raises Malformed, TooLarge, Unsupported."""
    headers = request.headers
    said = headers.get("upload-metadata", "")
    fields = read_metadata(said)
    length = _length_or_later(request, policy)
    size = announced_size(request)
    if size != 0:
        _check_body_type(request)
    key = headers.get("idempotency-key")
    creation = Creation(secrets.token_hex(12), fields, media_type(fields), length, said, key)
    return Create(creation, size, _checksum(request))


def read_append(request: Request, policy: Policy) -> Append:
    """The PATCH that goes on. Raises Malformed, TooLarge, Unsupported."""
    _check_body_type(request)
    offset = read_number(request.headers.get("upload-offset", ""), "Upload-Offset")
    length = request.headers.get("upload-length")
    known = None if length is None else read_length(length, policy.largest_upload)
    return Append(Appending(offset, announced_size(request), known), _checksum(request))


def created(upload: Upload, *, with_body: bool) -> Response:
    """201, and how far it is if there was a body."""
    headers = {"Location": location(upload)} | _told(upload)
    if not with_body and not upload.offset:
        del headers["Upload-Offset"]
    return Response(status_code=201, headers=headers)


def appended(upload: Upload) -> Response:
    """204 and how far it is."""
    return Response(status_code=204, headers=_told(upload))


def told(upload: Upload) -> Response:
    """The answer to HEAD."""
    length = {"Upload-Defer-Length": "1"} if upload.length is None else {"Upload-Length": str(upload.length)}
    metadata = {"Upload-Metadata": upload.said} if upload.said else {}
    headers = _told(upload) | length | metadata | {"Cache-Control": "no-store"}
    return Response(status_code=200, headers=headers)


def _told(upload: Upload) -> dict[str, str]:
    headers = SPOKEN | {"Upload-Offset": str(upload.offset), "Upload-Expires": http_date(upload.expires_at)}
    return headers | note_location(upload)


def _length_or_later(request: Request, policy: Policy) -> int | None:
    length, later = request.headers.get("upload-length"), request.headers.get("upload-defer-length")
    if (length is None) == (later is None) or later not in (None, "1"):
        raise Malformed(field="Upload-Length", reason="it takes either this, or Upload-Defer-Length: 1")
    return None if length is None else read_length(length, policy.largest_upload)


def _check_body_type(request: Request) -> None:
    kind = essence(request.headers.get("content-type"))
    if kind != BODY_TYPE:
        raise Unsupported("unsupported-upload", type=kind[:100], wanted=BODY_TYPE)


def _checksum(request: Request) -> Checksum | None:
    text = request.headers.get("upload-checksum")
    return None if text is None else read_checksum(text)
