"""The process that holds a Whisper model: started by `audio.engines.whisper`, asked over its standard input.

It says one line of JSON when the model is loaded, then one for each request: a line of JSON followed by `bytes` of
16-bit mono sound at 16 kHz. It ends with its input, and when its parent does.
"""

import json
import os
import resource
import sys
import time
from threading import Thread
from typing import Any, BinaryIO, Final, Protocol

OURS: Final = ("fr", "en")
OWN_LANGUAGE: Final = 15.0
"""How much likelier a speaker's own language is than the other, before anything is heard.

The base model is very sure of English (100 to 1 and more), of French over a bad line often not (down to 1 to 12).
"""

TEMPERATURES: Final = (0.0, 0.4)
"""Tried one after the other where the first gives nonsense; the usual six take long on a bad line, and mend nothing."""

LESS_URGENT: Final = 5
PARENT_EVERY: Final = 1.0


def main() -> None:
    """Serve requests until there are no more."""
    given = json.loads(sys.argv[1])
    requests = sys.stdin.buffer
    # Libraries print; what they print must not stand among our answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _confine(given["memory"], given["parent"])
    try:
        engine = _Engine(given["folder"])
    except ImportError:
        _say(answers, {"fault": "not-installed"})
        return
    except Exception as fault:
        _say(answers, {"fault": f"{type(fault).__name__}: {str(fault)[:200]}"})
        return
    _say(answers, {"ready": True})
    while line := requests.readline():
        request = json.loads(line)
        _say(answers, _answer(engine, request, requests.read(request["bytes"])))


def _confine(memory: int, parent: int) -> None:
    os.nice(LESS_URGENT)
    bounds = {"RLIMIT_AS": memory, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, value in bounds.items():
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (OSError, ValueError):
            # macOS knows RLIMIT_AS but refuses to set it.
            if sys.platform == "linux":
                raise
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # Not PR_SET_PDEATHSIG: that follows the thread that started us, which ends long before its process.
    while os.getppid() == parent:
        time.sleep(PARENT_EVERY)
    os._exit(0)


def _say(answers: BinaryIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


def _answer(engine: "_Engine", request: dict[str, Any], sound: bytes) -> dict[str, Any]:
    try:
        return {"segments": engine.segments(sound, request["language"], request["names"])}
    except Exception as fault:
        # Short of memory, as often as not: libraries have many names for that.
        return {"failed": type(fault).__name__}


class _Model(Protocol):
    """What we use of ctranslate2.models.Whisper."""

    def detect_language(self, features: Any) -> list[list[tuple[str, float]]]: ...


class _TwoLanguages:
    """The model, which takes what it hears for French or English and for nothing else.

    Over a bad line it would otherwise find Norwegian or Thai, and write that.
    """

    def __init__(self, model: _Model) -> None:
        self._model = model
        self.own: str | None = None
        self.last: str | None = None

    def detect_language(self, features: Any) -> list[list[tuple[str, float]]]:
        """As the model does, for these two, the speaker's own favoured."""
        results = []
        for found in self._model.detect_language(features):
            weighed = [(token, odds * (OWN_LANGUAGE if token[2:-2] == self.own else 1.0)) for token, odds in found]
            kept = sorted((pair for pair in weighed if pair[0][2:-2] in OURS), key=lambda pair: -pair[1])
            results.append(kept or found)
            self.last = results[-1][0][0][2:-2]
        return results

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


class _Engine:
    """faster-whisper on a folder. Raises ImportError where it is not installed, and what it raises on a bad folder."""

    def __init__(self, folder: str) -> None:
        from faster_whisper import WhisperModel

        self._whisper = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)
        self._languages = _TwoLanguages(self._whisper.model)
        self._several = bool(self._whisper.model.is_multilingual)
        self._whisper.model = self._languages

    def segments(self, sound: bytes, language: str | None, names: list[str]) -> list[dict[str, Any]]:
        """What is said, as the fields of `audio.speech.Segment`; nothing where the voice detector hears no voice."""
        import numpy as np

        wave = np.frombuffer(sound, dtype=np.int16).astype(np.float32) / 32768.0
        own = language if language in OURS else None
        own = own if self._several else "en"
        self._languages.own = self._languages.last = own
        found, _ = self._whisper.transcribe(
            wave,
            language=own,
            multilingual=self._several,
            vad_filter=True,
            condition_on_previous_text=False,  # a slip would go on for the rest of the note
            temperature=TEMPERATURES,
            hotwords=", ".join(names) or None,
        )
        return [
            {
                "start": piece.start,
                "end": piece.end,
                "text": piece.text,
                "language": self._languages.last,
                "no_speech": piece.no_speech_prob,
                "sureness": piece.avg_logprob,
                "compression": piece.compression_ratio,
            }
            for piece in found
        ]
