"""draft-ietf-httpbis-resumable-upload, interop version 8: what the URLSession of iOS and macOS speaks.

The fields of the note are in the query of the creating request, as with a raw recording for `POST /notes`; its media
type is the Content-Type.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from mobile_gateway.intake.media import essence
from mobile_gateway.uploads.answers import location, note_location
from mobile_gateway.uploads.desk import Append, Create
from mobile_gateway.uploads.reception import announced_size
from server.domain.errors import Malformed, Unsupported
from server.domain.policy import Policy
from server.domain.uploads import Upload, check_length
from server.usecases.uploads import Appending, Creation

INTEROP: Final = "8"
BODY_TYPE: Final = "application/partial-upload"
SPOKEN: Final = {"Upload-Draft-Interop-Version": INTEROP}

_INTEGER: Final = re.compile(r" *([0-9]{1,15}) *(;.*)?")  # RFC 9651 section 3.3.1, not negative
_BOOLEAN: Final = re.compile(r" *\?([01]) *(;.*)?")


def is_spoken(request: Request) -> bool:
    """Whether the request is in this language."""
    return request.headers.get("upload-draft-interop-version", "").strip() == INTEROP


def abilities(policy: Policy) -> dict[str, str]:
    """What OPTIONS tells."""
    return SPOKEN | {"Accept-Patch": BODY_TYPE, "Upload-Limit": limit(policy)}


def limit(policy: Policy) -> str:
    """What every upload has to keep to, for Upload-Limit."""
    return f"max-size={policy.largest_upload}"


def read_creation(request: Request, policy: Policy) -> Create:
    """The POST that creates an upload. Raises Malformed, TooLarge."""
    complete = _boolean(request, "upload-complete")
    if complete is None:
        raise Malformed(field="Upload-Complete", reason="neither ?0 nor ?1")
    size = announced_size(request)
    length = _length(request, policy, 0, size, complete=complete)
    fields = {name: value for name, value in request.query_params.items() if name != "as"}
    kind = essence(request.headers.get("content-type"))
    key = request.headers.get("idempotency-key")
    return Create(Creation(secrets.token_hex(12), fields, kind, length, "", key), size, None, complete)


def read_append(request: Request, policy: Policy) -> Append:
    """The PATCH that goes on. Raises Malformed, TooLarge, Unsupported."""
    kind = essence(request.headers.get("content-type"))
    if kind != BODY_TYPE:
        raise Unsupported("unsupported-upload", type=kind[:100], wanted=BODY_TYPE)
    complete, offset = _boolean(request, "upload-complete"), _integer(request, "upload-offset")
    if complete is None or offset is None:
        raise Malformed(field="Upload-Offset", reason="it takes this and Upload-Complete")
    size = announced_size(request)
    length = _length(request, policy, offset, size, complete=complete)
    return Append(Appending(offset, size, length), None, complete)


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes answers: under this policy, at this moment, with this note if the upload has become one."""

    policy: Policy
    now: datetime
    note: Mapping[str, Any] | None = None

    def created(self, upload: Upload) -> Response:
        """201, with the note if it is complete."""
        return self._answer(upload, 201, {"Location": location(upload)} | self._told(upload))

    def appended(self, upload: Upload) -> Response:
        """204 while it is incomplete, then 200 with the note."""
        return self._answer(upload, 200 if upload.note else 204, self._told(upload))

    def told(self, upload: Upload) -> Response:
        """The answer to HEAD."""
        length = {} if upload.length is None else {"Upload-Length": str(upload.length)}
        return Response(status_code=204, headers=self._told(upload) | length | {"Cache-Control": "no-store"})

    def limits(self, upload: Upload) -> str:
        """What the sender has to keep to, for Upload-Limit."""
        age = int((upload.expires_at - self.now).total_seconds())
        return f"{limit(self.policy)}, max-age={age}"

    def _answer(self, upload: Upload, status: int, headers: dict[str, str]) -> Response:
        if self.note is None:
            return Response(status_code=status, headers=headers)
        return JSONResponse(self.note, status, headers)

    def _told(self, upload: Upload) -> dict[str, str]:
        headers = SPOKEN | {
            "Upload-Offset": str(upload.offset),
            "Upload-Complete": "?1" if upload.note else "?0",
            "Upload-Limit": self.limits(upload),
        }
        return headers | note_location(upload)


def _length(request: Request, policy: Policy, offset: int, size: int | None, *, complete: bool) -> int | None:
    said = _integer(request, "upload-length")
    rest = offset + size if complete and size is not None else None
    if said is not None and rest is not None and said != rest:
        raise Malformed("inconsistent-length")
    length = rest if said is None else said
    if length is not None:
        check_length(length, policy.largest_upload)
    return length


def _integer(request: Request, name: str) -> int | None:
    found = _INTEGER.fullmatch(request.headers.get(name, ""))
    return int(found[1]) if found else None


def _boolean(request: Request, name: str) -> bool | None:
    found = _BOOLEAN.fullmatch(request.headers.get(name, ""))
    return found[1] == "1" if found else None
