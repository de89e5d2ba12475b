"""The style sheet: one small file, which a browser loads once."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The style sheet's bytes, and the address that changes with them."""

    body: bytes
    tag: str

    @property
    def address(self) -> str:
        """Where pages find it."""
        return f"/m/style.css?{self.tag}"


@lru_cache(maxsize=1)
def sheet() -> Sheet:
    """The style sheet, read once."""
    body = files("mobile_gateway.pages").joinpath("style.css").read_bytes()
    return Sheet(body, hashlib.sha256(body).hexdigest()[:8])


@router.get("/style.css")
def style_sheet(request: Request) -> Response:
    """The style sheet, or 304 for a browser that has it."""
    tag = f'"{sheet().tag}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=2592000"}
    tags = {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}
    if tag in tags:
        return Response(status_code=304, headers=headers)
    return Response(sheet().body, 200, headers, "text/css; charset=utf-8")
