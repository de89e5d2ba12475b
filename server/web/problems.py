"""Refusals as answers: one table from meaning to status, RFC 9457 problems, or a small page where a browser asked."""

import errno
import logging
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import escape
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from server.domain import errors
from server.domain.errors import CalepinError
from server.domain.sentences import Language, Sentence, as_language, sentence
from server.web.sign_in import COOKIE

log = logging.getLogger("calepin.web")

STATUSES: Final[dict[type[CalepinError], int]] = {
    errors.NotFound: 404,
    errors.NotSignedIn: 401,
    errors.Revoked: 401,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.NoteRequired: 409,
    errors.Invalid: 422,
    errors.Malformed: 400,
    errors.VersionNotSpoken: 412,
    errors.ChecksumMismatch: 460,  # as tus 1.0.0 has it
    errors.TooSlow: 408,
    errors.KeyReused: 422,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.NotAcceptable: 406,
    errors.SlowDown: 429,
    errors.NotReady: 503,
    errors.StorageFull: 507,
}
# Problems that have a type of their own in IANA's registry, for draft-ietf-httpbis-resumable-upload.
_REGISTERED: Final = "https://iana.org/assignments/http-problem-types#"
_TYPES: Final = {
    "wrong-offset": f"{_REGISTERED}mismatching-upload-offset",
    "upload-completed": f"{_REGISTERED}completed-upload",
    "inconsistent-length": f"{_REGISTERED}inconsistent-upload-length",
}
_MEMBERS: Final = ("field", "activity", "candidates", "expected-offset", "provided-offset")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_IN_WORDS: Final = ("disk is full", "no space left")  # of SQLite, of PostgreSQL


def install(app: FastAPI) -> None:
    """Make the application answer every refusal, expected or not, as a problem."""
    app.add_exception_handler(CalepinError, _refused)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _cut_off)
    app.add_exception_handler(OSError, _storage)
    app.add_exception_handler(OperationalError, _storage)
    app.add_exception_handler(DataError, _no_text)
    app.add_exception_handler(Exception, _unexpected)


def answer(request: Request, error: CalepinError) -> Response:
    """The reply to a refusal, in the reader's language and in the form that was asked for."""
    status = STATUSES.get(type(error), 500)
    words = sentence(error.code, language_of(request), error.values)
    headers: dict[str, str] = {}
    if status in (429, 503):
        headers["Retry-After"] = str(error.values.get("seconds", 5))
    if status == 401 and not _wants_page(request):
        headers["WWW-Authenticate"] = 'Bearer realm="Calepin", Basic realm="Calepin", charset="UTF-8"'
    if isinstance(error, errors.Revoked) and COOKIE in request.cookies:
        # The pocket app keeps clients and recordings on the device; nothing else of a lost one can be reached.
        headers["Clear-Site-Data"] = '"cache", "storage"'
    if status in (401, 408, 413, 415):
        headers["Connection"] = "close"  # the rest of a large body is not wanted
    return _reply(request, status, error.code, words, headers, _members(error.values))


def language_of(request: Request) -> Language:
    """The language of whoever asks: the signed-in person's, else the browser's, else English."""
    known: Language | None = getattr(request.state, "language", None)
    return known or as_language(request.headers.get("accept-language"))


def _members(values: dict[str, object]) -> dict[str, object]:
    return {name: values[name] for name in _MEMBERS if name in values}


def _reply(
    request: Request, status: int, code: str, words: Sentence, headers: dict[str, str], members: dict[str, object]
) -> Response:
    if _wants_page(request):
        number = getattr(request.state, "request_id", "")
        remedy = f"{words.remedy} ({number})" if status >= 500 else words.remedy
        page = _PAGE.format(language=language_of(request), title=escape(words.title), remedy=escape(remedy))
        return HTMLResponse(page, status_code=status, headers=headers)
    problem: dict[str, Any] = {
        "type": _TYPES.get(code, f"urn:calepin:problem:{code}"),
        "title": words.title,
        "status": status,
        "detail": words.remedy,
        "code": code,
        "request_id": getattr(request.state, "request_id", None),
    }
    return JSONResponse(problem | members, status, headers, media_type="application/problem+json")


def _wants_page(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/m/") or ("text/html" in accept and "json" not in accept)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, CalepinError):
        raise error
    return answer(request, error)


async def _not_valid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0] if error.errors() else {}
    place = first.get("loc", ("body",))
    named = str(place[-1]) if place else "body"
    return answer(request, errors.Invalid(field=named, reason=str(first.get("msg", "not valid"))))


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return answer(request, errors.NotFound())
    title = HTTPStatus(error.status_code).phrase
    words = Sentence(f"{title}.", "See the API's description at /openapi.json.")
    return _reply(request, error.status_code, "http", words, dict(error.headers or {}), {})


async def _cut_off(request: Request, _error: Exception) -> Response:
    log.info("request %s was cut off", getattr(request.state, "request_id", "?"))
    return Response(status_code=400)  # for the log's sake: nobody is there to read it


async def _storage(request: Request, error: Exception) -> Response:
    if is_full(error):
        log.error("no room left: %s", type(error).__name__)
        return answer(request, errors.StorageFull())
    return await _unexpected(request, error)


async def _no_text(request: Request, error: Exception) -> Response:
    # PostgreSQL has no NUL in its texts, so that nothing can be called by one.
    if isinstance(error, DataError) and "NUL" in str(error.orig):
        if "\0" in request.scope["path"]:
            return answer(request, errors.NotFound())
        return answer(request, errors.Invalid(field="body", reason="it holds a NUL character"))
    return await _unexpected(request, error)


def is_full(error: Exception) -> bool:
    """Whether an error of the file system or of the database means that there is no room left."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, OperationalError) and any(word in str(error.orig).lower() for word in _FULL_IN_WORDS)


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("request %s failed", getattr(request.state, "request_id", "?"), exc_info=error)
    return answer(request, CalepinError())


_PAGE: Final = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>Calepin</title><link rel="stylesheet" href="/m/style.css"></head>'
    '<body><h1>{title}</h1><p>{remedy}</p><p><a href="/m/">Calepin</a></p></body></html>\n'
)
