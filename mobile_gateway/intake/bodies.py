"""The body of a note, in whichever of its forms it comes."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.requests import ClientDisconnect

from mobile_gateway.intake.form import FormReader
from mobile_gateway.intake.media import FORM, JSON, UNKNOWN, URLENCODED, essence, may_be_audio
from mobile_gateway.intake.recording import RecordingWriter
from server.domain.errors import Invalid, TooLarge, Unsupported
from server.domain.policy import Policy
from server.usecases.notes import Incoming

MOST_TEXT_BYTES: Final = 256 * 1024
FORM_OVERHEAD: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """What a request said: its fields, and its recording if it had one."""

    fields: Mapping[str, str]
    recording: RecordingWriter | None


async def read_body(request: Request, incoming: Incoming, policy: Policy) -> Body:
    """Read the whole body, writing a recording into `incoming` as it comes.

    Raises TooLarge at the limit (before the first byte where Content-Length admits it), Unsupported for a type that is
    plainly no recording, Invalid for a broken body, ClientDisconnect when the connection is cut.
    """
    content_type = request.headers.get("content-type", "")
    kind = essence(content_type)
    query = {name: value for name, value in request.query_params.items() if name != "as"}
    if kind in (URLENCODED, JSON):
        fields = _text_fields(kind, await _whole(request, MOST_TEXT_BYTES))
        return Body(query | fields, None)
    if kind != FORM and not may_be_audio(content_type):
        raise Unsupported(type=kind[:100])
    _check_announced(request, policy, extra=FORM_OVERHEAD if kind == FORM else 0)
    if kind == FORM:
        form = FormReader(content_type, lambda claimed: RecordingWriter(incoming, policy, claimed or UNKNOWN))
        async for chunk in _chunks(request):
            form.feed(chunk)
        form.close()
        return Body(query | form.fields, form.recording)
    writer = RecordingWriter(incoming, policy, kind or UNKNOWN)
    async for chunk in _chunks(request):
        writer.write(chunk)
    nothing_came = not kind and not incoming.size
    return Body(query, None if nothing_came else writer)


def _check_announced(request: Request, policy: Policy, extra: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > policy.largest_upload + extra:
        raise TooLarge(limit=f"{policy.largest_upload // (1024 * 1024)} MB")


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    announced = request.headers.get("content-length", "")
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if chunk:
            yield chunk
    if announced.isdigit() and came != int(announced):
        raise ClientDisconnect


async def _whole(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in _chunks(request):
        body += chunk
        if len(body) > most:
            raise TooLarge(limit=f"{most // 1024} KB")
    return bytes(body)


def _text_fields(kind: str, body: bytes) -> dict[str, str]:
    try:
        if kind == URLENCODED:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=40))
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("broken-body", reason=f"not {kind}") from error
    if not isinstance(fields, dict):
        raise Invalid("broken-body", reason="not an object")
    return {name: _whole_letters(str(value)) for name, value in fields.items() if isinstance(value, str | int | float)}


def _whole_letters(text: str) -> str:
    # JSON can say half of a surrogate pair, which is no letter and cannot be stored.
    return text.encode("utf-8", "replace").decode()
