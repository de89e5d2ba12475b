"""The cookie that signs a browser in: no script can read it, and it is renewed with every visit."""

from datetime import timedelta
from typing import Final

from fastapi import Response

from server.web.services import Services
from server.web.sign_in import COOKIE

REMEMBERED_FOR: Final = timedelta(days=400)  # the longest that browsers allow


def remember(response: Response, services: Services, token: str) -> None:
    """Set the cookie that signs the device in, for as long as browsers allow; again at later visits."""
    lasts = int(REMEMBERED_FOR.total_seconds())
    # Old browsers know `expires` alone.
    response.set_cookie(
        COOKIE,
        token,
        max_age=lasts,
        expires=services.clock() + REMEMBERED_FOR,
        path="/",
        secure=services.secure,
        httponly=True,
        samesite="lax",
    )


def forget(response: Response, services: Services) -> None:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, path="/", secure=services.secure, httponly=True, samesite="lax")
