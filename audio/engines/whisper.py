"""Whisper on this machine: faster-whisper in a process of its own that holds the model, one recording at a time.

The process is limited and expendable: what leaks there is freed when it is replaced, what crashes there is told here.
"""

import os
import tempfile
from pathlib import Path
from threading import Lock
from typing import Final

from audio.engines.companion import Companion, Lost
from audio.limits import PCM_BYTES_PER_SECOND, Limits
from audio.recordings import samples
from audio.speech import EngineFault, Hints, Segment, Transcript, Unfinished

NEEDED: Final = ("model.bin", "config.json", "tokenizer.json")
RECORDINGS_A_PROCESS: Final = 200
START_SECONDS: Final = 180.0
LEAST_SECONDS: Final = 120.0
TIMES_AS_LONG: Final = 6.0
"""A recording may take so many times its length: more, and the model is too large for the machine."""

_CODE: Final = "from audio.engines.whisper_process import main; main()"
_OFFLINE: Final = {"HF_HUB_OFFLINE": "1", "HOME": "/nonexistent"}
_BASE_MEMORY: Final = 6 << 30
_INSTALL: Final = "Remedy: install calepin[speech]."


class WhisperTranscriber:
    """The model in a folder (CTranslate2's form of it), on the processor with 8-bit weights."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._folder = folder
        self._limits = limits or Limits()
        self._companion: Companion | None = None
        self._done = 0
        self._lock = Lock()

    @property
    def name(self) -> str:
        """Which model."""
        return f"Whisper on this machine (model {self._folder.resolve().name})"

    @property
    def pid(self) -> int | None:
        """The process that holds the model, if there is one."""
        return self._companion.pid if self._companion else None

    def transcribe(self, recording: Path, hints: Hints) -> Transcript:
        """As the port says. The language is found anew every half minute, among French and English."""
        with self._lock, tempfile.TemporaryFile() as sound:
            samples(recording, sound.fileno(), self._limits)
            size = os.fstat(sound.fileno()).st_size
            sound.seek(0)
            companion = self._running()
            request = {"bytes": size, "language": hints.language, "names": list(hints.names)}
            allowed = LEAST_SECONDS + TIMES_AS_LONG * size / PCM_BYTES_PER_SECOND
            try:
                answer = companion.answer(allowed, request, sound)
            except Lost as lost:
                self._companion = None
                reason = f"ended (status {lost.status}), or would have taken more than {allowed:.0f} s"
                raise Unfinished(self._sentence(reason)) from lost
            self._count()
        if "failed" in answer:
            raise Unfinished(self._sentence(f"failed ({answer['failed']})"))
        return Transcript(tuple(Segment(**segment) for segment in answer["segments"]))

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def _running(self) -> Companion:
        if self._companion is not None and self._companion.lives:
            return self._companion
        self._end()
        argument = {
            "folder": str(self._folder.resolve()),
            "memory": _BASE_MEMORY + 3 * check_folder(self._folder),
            "parent": os.getpid(),
        }
        companion = Companion(_CODE, argument, _OFFLINE)
        try:
            fault = companion.answer(START_SECONDS).get("fault")
        except Lost as lost:
            fault = f"its process ended with status {lost.status}"
        if fault:
            companion.end()
            remedy = _INSTALL if fault == "not-installed" else "Remedy: copy the model anew (docs/speech.md)."
            msg = f"The model in {self._folder} cannot be loaded ({fault}). {remedy}"
            raise EngineFault(msg)
        self._companion = companion
        return companion

    def _count(self) -> None:
        self._done += 1
        if self._done >= RECORDINGS_A_PROCESS:
            self._end()

    def _end(self) -> None:
        companion, self._companion, self._done = self._companion, None, 0
        if companion is not None:
            companion.end()

    def _sentence(self, reason: str) -> str:
        return (
            f"{self.name} {reason} while at work. "
            "Remedy: it is tried again; if it lasts, take a smaller model or give the machine more memory."
        )


def check_folder(folder: Path) -> int:
    """The bytes of the model in a folder; raises EngineFault saying what is missing."""
    if not folder.is_dir():
        msg = f"There is no folder {folder}. Remedy: put a Whisper model for CTranslate2 there (docs/speech.md)."
        raise EngineFault(msg)
    lacking = [name for name in NEEDED if not (folder / name).is_file()]
    if lacking:
        msg = f"{folder} lacks {', '.join(lacking)}. Remedy: copy the whole model for CTranslate2 (docs/speech.md)."
        raise EngineFault(msg)
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
