"""The app under `/app/`: its files, and its way in and out."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from mobile_gateway.app import sign_in
from mobile_gateway.app.shell import START, File, shell
from server.domain.errors import NotFound

router = APIRouter(prefix="/app", include_in_schema=False)
router.include_router(sign_in.router)

# Scripts and data from here alone; sound also from what was just recorded.
CONTENT_SECURITY: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types calepin"
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    # Always asked for again and mostly answered by 304: offline, the service worker has them.
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}


@router.get("")
def without_slash() -> Response:
    """Where the app begins."""
    return RedirectResponse("/app/", 308)


@router.get("/{path:path}")
def read(request: Request, path: str) -> Response:
    """One file of the app, or 304 for a browser that has it. Raises NotFound."""
    file = shell().get(path or START)
    if file is None:
        raise NotFound
    headers = HEADERS | {"ETag": file.tag}
    tags = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if file.tag in tags:
        return Response(status_code=304, headers=headers)
    return _whole(request, file, headers)


def _whole(request: Request, file: File, headers: dict[str, str]) -> Response:
    if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, 200, headers | {"Content-Encoding": "gzip"}, file.type)
    return Response(file.body, 200, headers, file.type)
