"""Small forms as browsers of any age send them."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request

from server.domain.errors import Invalid, TooLarge

MOST_BYTES: Final = 64 * 1024
MOST_FIELDS: Final = 40


async def read_small(request: Request) -> dict[str, str]:
    """The fields of a form without a file; raises TooLarge, Invalid."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLarge(limit=f"{MOST_BYTES // 1024} KB")
    return decoded(bytes(body))


def query(request: Request) -> dict[str, str]:
    """The fields of the address."""
    return decoded(request.scope.get("query_string", b""))


def decoded(encoded: bytes) -> dict[str, str]:
    """The fields of an urlencoded form in UTF-8, or in the Windows-1252 of old browsers; raises Invalid."""
    text = encoded.decode("latin-1")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except UnicodeDecodeError:
        pairs = parse_qsl(text, True, encoding="cp1252", errors="replace", max_num_fields=MOST_FIELDS)
        return dict(pairs)
    except ValueError as error:
        raise Invalid("broken-body", reason=f"more than {MOST_FIELDS} fields") from error


def number(fields: Mapping[str, str], name: str, most: int) -> int | None:
    """A whole number from 0 to `most`; None for anything else, since an address that was mistyped harms nobody."""
    text = fields.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if int(text) <= most else None
