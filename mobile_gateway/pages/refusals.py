"""Refusals as pages: the sentence and its remedy, and what to do next at hand."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from mobile_gateway.pages import layout
from server.domain.errors import CalepinError, NotSignedIn
from server.domain.sentences import sentence
from server.web import problems

# After these, another code may help.
_TRY_A_CODE: Final = frozenset({"code-not-good", "slow-down"})
_KEPT_HEADERS: Final = ("retry-after", "connection")


class PageRoute(APIRoute):
    """A route whose refusals are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler, its CalepinErrors turned into pages."""
        handle = super().get_route_handler()

        async def handle_or_refuse(request: Request) -> Response:
            try:
                return await handle(request)
            except CalepinError as error:
                return refusal(request, error)

        return handle_or_refuse


def refusal(request: Request, error: CalepinError, hint: str = "") -> Response:
    """The page for a refusal, with the status that the API has for it; `hint` is a key of WORDS."""
    api_reply = problems.answer(request, error)
    language = problems.language_of(request)
    code_helps = isinstance(error, NotSignedIn) or error.code in _TRY_A_CODE
    page = layout.draw(
        "refusal.html",
        language,
        signed=not code_helps and hasattr(request.state, "language"),
        problem=sentence(error.code, language, error.values),
        code_form=code_helps,
        hint=hint,
    )
    kept = {name: api_reply.headers[name] for name in _KEPT_HEADERS if name in api_reply.headers}
    return HTMLResponse(page, api_reply.status_code, kept)
