"""Which form of the brief a request wants, and the reply in it, with an ETag made from what it shows."""

import hashlib
import json
from typing import Final, Literal

from fastapi import Request, Response

from mobile_gateway.briefs.html import html
from mobile_gateway.briefs.text import text
from mobile_gateway.negotiation import preferred
from server.domain.briefs import Brief, to_json
from server.domain.errors import NotAcceptable
from server.domain.vcard import vcard
from server.web.phrases import Phrases

Form = Literal["json", "text", "html", "vcard"]

TYPES: Final[dict[str, str]] = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "vcard": "text/vcard; charset=utf-8",
}


def form_of(request: Request, asked: Form | None) -> str:
    """The form by `?as=`, else by Accept; raises NotAcceptable when none of ours will do."""
    if asked:
        return asked
    chosen = preferred(request.headers.get("accept"), TYPES)
    if chosen is None:
        raise NotAcceptable(forms=", ".join(kind.split(";")[0] for kind in TYPES.values()))
    return chosen


def reply(request: Request, brief: Brief, form: str, phrases: Phrases) -> Response:
    """The brief in that form, or 304 when the device has it already (RFC 9110 section 13.1.2)."""
    body, etag = _rendered(brief, form, phrases)
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Accept-Language, Authorization, Cookie",
        "Content-Language": phrases.language,
    }
    if _matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, TYPES[form])


def _rendered(brief: Brief, form: str, phrases: Phrases) -> tuple[bytes, str]:
    if form == "json":
        shown = to_json(brief)
        # When it was generated is no news: the tag stays while what it tells stays.
        told = json.dumps({name: part for name, part in shown.items() if name != "generated_at"}, ensure_ascii=False)
        body = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
        return body, _tag(told.encode(), form, phrases)
    if form == "html":
        body = html(brief, phrases).encode()
    elif form == "vcard":
        body = vcard(brief.client, text(brief, phrases)).encode()
    else:
        body = text(brief, phrases).encode()
    return body, _tag(body, form, phrases)


def _tag(told: bytes, form: str, phrases: Phrases) -> str:
    marked = f"{form} {phrases.language} {phrases.zone.key} ".encode() + told
    return f'"{hashlib.sha256(marked).hexdigest()[:32]}"'


def _matches(header: str | None, etag: str) -> bool:
    if not header:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag in tags or "*" in tags
