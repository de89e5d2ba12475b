"""What goes around every reply."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from server.web.headers import Envelope
from server.web.health import Figures

Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask() -> Ask:
    """Asks a small application in its envelope."""
    app = FastAPI()
    app.add_middleware(Envelope, https=True, figures=Figures())

    @app.get("/i/{code}")
    def read(code: str) -> dict[str, Any]:
        return {"code": code}

    async def asked(method: str, path: str, **more: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://calepin.test") as client:
            return await client.request(method, path, **more)

    return lambda method, path, **more: asyncio.run(asked(method, path, **more))


def test_every_reply_has_the_security_headers_and_a_request_id(ask: Ask) -> None:
    """No script, no frame, no sniffing, HTTPS from now on; an id that the caller gave is kept."""
    headers = ask("GET", "/i/x", headers={"X-Request-Id": "caller-0001"}).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert "max-age" in headers["strict-transport-security"]
    assert headers["x-request-id"] == "caller-0001"
    assert headers["cache-control"] == "no-store"


def test_an_id_that_could_forge_a_log_line_is_replaced(ask: Ask) -> None:
    """Only plain ids are taken over."""
    assert ask("GET", "/i/x", headers={"X-Request-Id": "a b\tc" * 4}).headers["x-request-id"].isalnum()


def test_the_log_names_the_route_and_never_the_path(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    """A one-time code in a path is not in the log, nor is a query."""
    with caplog.at_level(logging.INFO, logger="calepin.access"):
        ask("GET", "/i/SECRET-CODE?q=Tremblay")
    assert "/i/{code}" in caplog.text
    assert "SECRET" not in caplog.text
    assert "Tremblay" not in caplog.text


def test_head_answers_as_get_without_the_content(ask: Ask) -> None:
    """HEAD has GET's status and headers and no body."""
    answer = ask("HEAD", "/i/x")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(ask("GET", "/i/x").content)
