"""A small speech server of the usual kind, in a process of its own: `python -m tests.speech_server PORT`.

It says what the test wants: `PUT /next` takes a list of answers for the next requests, one each; the last one stays.
"""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from subprocess import Popen
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from tests.wire.service import free_port, until


@dataclass(frozen=True)
class SpeechServer:
    """A running one."""

    url: str
    process: Popen[bytes]

    def will_say(self, *answers: dict[str, Any]) -> None:
        """Set the next answers: `status`, `json` or `raw`, `size` (so many bytes), `wait` (seconds before it)."""
        httpx.put(f"{self.url}/next", json=list(answers)).raise_for_status()

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The requests so far: their fields, `bytes` of the recording, its first four as `magic`, `key`."""
        requests: list[dict[str, Any]] = httpx.get(f"{self.url}/asked").raise_for_status().json()
        return requests


@contextmanager
def speech_server() -> Iterator[SpeechServer]:
    """A speech server on loopback until the block ends."""
    port = free_port()
    process = Popen([sys.executable, "-m", "tests.speech_server", str(port)])
    server = SpeechServer(f"http://127.0.0.1:{port}", process)
    try:
        until(lambda: _answers(server), 30, "the speech server answers")
        yield server
    finally:
        process.kill()
        process.wait()


def verbose(*segments: tuple[float, float, str], language: str = "french", **figures: float) -> dict[str, Any]:
    """An answer with segments, each with the same figures."""
    pieces = [{"start": start, "end": end, "text": text, **figures} for start, end, text in segments]
    return {"json": {"text": " ".join(text for *_, text in segments), "language": language, "segments": pieces}}


def _answers(server: SpeechServer) -> bool:
    try:
        return server.asked == []
    except httpx.HTTPError:
        return False


def application() -> FastAPI:
    """The server's application."""
    app = FastAPI()
    asked: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = [verbose((0.0, 1.0, "Bonjour."))]

    @app.get("/asked")
    async def what_was_asked() -> list[dict[str, Any]]:
        return asked

    @app.put("/next")
    async def will_say(request: Request) -> None:
        asked.clear()
        answers[:] = await request.json()

    @app.post("/v1/audio/transcriptions")
    async def transcribe(request: Request) -> Response:
        async with request.form() as form:
            sound = form["file"]
            assert not isinstance(sound, str)
            data = await sound.read()
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        told = {"bytes": len(data), "magic": data[:4].decode("latin-1"), "key": request.headers.get("authorization")}
        asked.append(fields | told)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        await asyncio.sleep(answer.get("wait", 0))
        status = answer.get("status", 200)
        if "size" in answer:
            return Response(b'{"text": "' + b"a" * answer["size"] + b'"}', status)
        if "raw" in answer:
            return Response(answer["raw"], status)
        return JSONResponse(answer.get("json", {}), status)

    return app


if __name__ == "__main__":
    uvicorn.run(application(), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
