"""What the tests of resumable uploads share."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from tests.wire.service import Service

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = TUS | {"Content-Type": "application/offset+octet-stream"}
DRAFT = {"Upload-Draft-Interop-Version": "8"}
PARTIAL = DRAFT | {"Content-Type": "application/partial-upload"}


def metadata(**fields: str) -> dict[str, str]:
    """The header Upload-Metadata."""
    said = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items())
    return {"Upload-Metadata": said}


def create(device: httpx.Client, length: int, fields: Mapping[str, str] | None = None, **headers: str) -> str:
    """A new upload without its first bytes; its path below the base address."""
    told = metadata(**(fields or {"filename": "memo.wav"})) | {"Upload-Length": str(length)} | headers
    answer = device.post("/uploads", headers=TUS | told)
    assert answer.status_code == 201, answer.text
    return path_of(answer)


def path_of(answer: httpx.Response) -> str:
    """The upload's path below the base address of a device."""
    return answer.headers["location"].removeprefix("/api/v1")


def note_of(answer: httpx.Response) -> str:
    """The id of the note that an upload has become."""
    return answer.headers["content-location"].removeprefix("/api/v1/notes/")


def send(device: httpx.Client, path: str, offset: int, content: Any, **headers: str) -> httpx.Response:
    """A PATCH."""
    return device.patch(path, headers=BYTES | {"Upload-Offset": str(offset)} | headers, content=content)


def offset_of(device: httpx.Client, path: str) -> int:
    """Where the upload stands."""
    answer = device.head(path, headers=TUS)
    assert answer.status_code == 200, answer.status_code
    return int(answer.headers["upload-offset"])


def files_of(service: Service, path: str = "") -> list[Path]:
    """The files of an unfinished upload, or of all."""
    return sorted((service.data / "uploads").glob(f"{path.rpartition('/')[2]}*"))


def head(device: httpx.Client, method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """The head of a request, for a connection without an HTTP library."""
    lines = [f"{name}: {value}" for name, value in headers.items()]
    first = f"{method} /api/v1{path} HTTP/1.1"
    credential = f"Authorization: {device.headers['authorization']}"
    return "\r\n".join([first, "Host: 127.0.0.1", credential, *lines, "", ""]).encode()
