"""Any server that speaks OpenAI's `POST /v1/audio/transcriptions`."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from audio.speech import EngineFault, Hints, Refused, Segment, Transcript, Unfinished

CONNECT_SECONDS: Final = 10.0
LEAST_SECONDS: Final = 60.0
LARGEST_ANSWER: Final = 8 << 20
MOST_SEGMENTS: Final = 20_000
UNKNOWN_SURENESS: Final = -1.0
"""Where a server does not tell, names from the prompt are not believed."""
OURS: Final = frozenset({"fr", "en"})
LANGUAGES: Final = {"french": "fr", "english": "en"}

# The recording itself is refused: too large, of a kind it does not take, not understood.
_REFUSALS: Final = frozenset({400, 413, 415, 422})
_OUR_FAULTS: Final = {401: "check CALEPIN_SPEECH_KEY", 403: "check CALEPIN_SPEECH_KEY", 404: "check CALEPIN_SPEECH_URL"}


class RemoteTranscriber:
    """Sends each recording to a server. `url` is its base address, with or without `/v1` and what follows.

    The language is left to the server to find, for a rep may speak either; where it finds a third, it is asked again
    for the speaker's own. Names go along as a prompt.
    """

    def __init__(self, url: str, key: str = "", model: str = "whisper-1", least: float = LEAST_SECONDS) -> None:
        self._url = _endpoint(url)
        self._key = key
        self._model = model
        self._least = least
        self._format = "verbose_json"

    @property
    def name(self) -> str:
        """Which server."""
        return f"the server {urlsplit(self._url).hostname} (model {self._model})"

    def transcribe(self, recording: Path, hints: Hints) -> Transcript:
        """As the port says; waits as long as the recording lasts, a minute at least."""
        answer = self._ask(recording, hints, None)
        language = _language(answer)
        if language and language not in OURS and hints.language:
            language = hints.language
            answer = self._ask(recording, hints, language)
        return _transcript(answer, language, hints.seconds)

    def close(self) -> None:
        """Nothing is held."""

    def _ask(self, recording: Path, hints: Hints, language: str | None) -> dict[str, Any]:
        status, body = self._post(recording, hints, language)
        if status == 400 and self._format != "json":
            # Some models know no segments, and say so like this.
            status, body = self._post(recording, hints, language, "json")
            if status == 200:
                self._format = "json"
        if status == 200:
            return _understood(body)
        if status in _REFUSALS:
            msg = f"{self.name} refused the recording (HTTP {status})"
            raise Refused(msg)
        remedy = _OUR_FAULTS.get(status, "it is tried again by itself; if it lasts, look at that server's log")
        msg = f"{self.name} answered HTTP {status}. Remedy: {remedy}."
        raise EngineFault(msg)

    def _post(self, recording: Path, hints: Hints, language: str | None, form: str = "") -> tuple[int, bytes]:
        fields = {"model": self._model, "response_format": form or self._format, "temperature": "0"}
        if hints.names:
            fields["prompt"] = ", ".join(hints.names)
        if language:
            fields["language"] = language
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        patience = httpx.Timeout(self._least + hints.seconds, connect=CONNECT_SECONDS)
        try:
            with (
                recording.open("rb") as sound,
                httpx.Client(timeout=patience, trust_env=not self._is_near) as client,
                client.stream(
                    "POST", self._url, data=fields, files={"file": ("note.ogg", sound, "audio/ogg")}, headers=headers
                ) as answer,
            ):
                return answer.status_code, _body(answer)
        except httpx.TimeoutException as late:
            msg = f"{self.name} did not answer in time. Remedy: it is tried again; give it a faster machine or model."
            raise EngineFault(msg) from late
        except httpx.HTTPError as fault:
            reason = str(fault) or type(fault).__name__
            msg = f"{self.name} cannot be reached ({reason}). Remedy: check CALEPIN_SPEECH_URL and that it runs."
            raise EngineFault(msg) from fault

    @property
    def _is_near(self) -> bool:
        return urlsplit(self._url).hostname in ("localhost", "127.0.0.1", "::1")


def _endpoint(url: str) -> str:
    """Raises ValueError with a sentence where the address is none."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        msg = "The address of the speech server must begin with https:// or http:// and name a host."
        raise ValueError(msg)
    bare = url.rstrip("/")
    if bare.endswith("/audio/transcriptions"):
        return bare
    return f"{bare}/audio/transcriptions" if bare.endswith("/v1") else f"{bare}/v1/audio/transcriptions"


def _body(answer: httpx.Response) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            msg = "The speech server's answer is larger than any transcript. Remedy: check CALEPIN_SPEECH_URL."
            raise Unfinished(msg)
    return bytes(body)


def _understood(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        msg = "The speech server's answer is no transcript. Remedy: check CALEPIN_SPEECH_URL."
        raise Unfinished(msg)
    return answer


def _language(answer: Mapping[str, Any]) -> str | None:
    named = answer.get("language")
    if not isinstance(named, str) or not named.strip():
        return None
    plain = named.strip().casefold()
    return LANGUAGES.get(plain, plain[:2] if len(plain) in (2, 5) else plain)


def _transcript(answer: Mapping[str, Any], language: str | None, seconds: float) -> Transcript:
    code = language if language in OURS else None
    pieces = answer.get("segments")
    found = [
        Segment(
            start=_number(piece.get("start"), 0.0, seconds),
            end=_number(piece.get("end"), 0.0, seconds, default=seconds),
            text=piece["text"],
            language=code,
            no_speech=_number(piece.get("no_speech_prob"), 0.0, 1.0),
            sureness=_number(piece.get("avg_logprob"), -100.0, 0.0, default=UNKNOWN_SURENESS),
            compression=_number(piece.get("compression_ratio"), 0.0, 1000.0, default=1.0),
        )
        for piece in (pieces[:MOST_SEGMENTS] if isinstance(pieces, list) else ())
        if isinstance(piece, dict) and isinstance(piece.get("text"), str)
    ]
    return Transcript(tuple(found) or (Segment(0.0, seconds, str(answer["text"]), code, sureness=UNKNOWN_SURENESS),))


def _number(value: object, least: float, most: float, default: float = 0.0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return min(max(float(value), least), most)
