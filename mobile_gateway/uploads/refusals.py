"""Refusals with the headers that the protocols ask for."""

from collections.abc import Awaitable, Callable
from functools import wraps

from fastapi import Request, Response

from mobile_gateway.uploads import httpbis, tus
from mobile_gateway.uploads.reception import announced_size
from server.domain.errors import CalepinError, StorageFull, TooLarge, VersionNotSpoken
from server.web import problems
from server.web.services import Services

Endpoint = Callable[..., Awaitable[Response]]


def refusing(endpoint: Endpoint) -> Endpoint:
    """Answer a refusal in the language of the request; the rest of a body that was not read is not wanted."""

    @wraps(endpoint)
    async def refused(request: Request, **given: object) -> Response:
        try:
            return await endpoint(request, **given)
        except CalepinError as error:
            return _refusal(request, error)
        except Exception as error:
            if not problems.is_full(error):
                raise
            return _refusal(request, StorageFull())

    return refused


def _refusal(request: Request, error: CalepinError) -> Response:
    services: Services = request.app.state.services
    answer = problems.answer(request, error)
    if httpbis.is_spoken(request):
        answer.headers.update(httpbis.SPOKEN)
        if isinstance(error, TooLarge):
            answer.headers["Upload-Limit"] = httpbis.limit(services.policy)
    else:
        answer.headers.update(tus.SPOKEN)
        if isinstance(error, VersionNotSpoken):
            answer.headers["Tus-Version"] = tus.VERSION
    if "expected-offset" in error.values:
        answer.headers["Upload-Offset"] = str(error.values["expected-offset"])
    if note := error.values.get("note"):
        answer.headers["Content-Location"] = f"/api/v1/notes/{note}"
    if announced_size(request) != 0:
        answer.headers["Connection"] = "close"
    return answer
