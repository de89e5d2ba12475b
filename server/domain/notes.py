"""Notes: what a rep said or wrote, and when two reports of one are the same."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoteKind(StrEnum):
    """Spoken or written."""

    VOICE = "voice"
    TEXT = "text"


class NoteState(StrEnum):
    """`received`: safe, work goes on. `processed`: all done. `failed`: kept, but it cannot be played."""

    RECEIVED = "received"
    PROCESSED = "processed"
    FAILED = "failed"


class LinkStatus(StrEnum):
    """How sure it is whose note this is. `confirmed` is a person's word and is never changed by a machine."""

    LINKED = "linked"
    SUGGESTED = "suggested"
    UNLINKED = "unlinked"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that lies safely in the store: its SHA-256 in hex, its size and the type its sender claimed."""

    sha256: str
    bytes: int
    type: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it came in, before anything was worked out. Times are UTC and already corrected."""

    recorded_at: datetime
    received_at: datetime
    recording: Recorded | None = None
    text: str = ""
    language: str | None = None
    client: str | None = None
    activity: str | None = None
    phone: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    ref: str | None = None
    clock_given: bool = False

    @property
    def kind(self) -> NoteKind:
        """Voice if there is a recording."""
        return NoteKind.VOICE if self.recording else NoteKind.TEXT

    @property
    def fingerprint(self) -> str:
        """Equal for two reports of the same fact by the same rep.

        A note with a reference of its own is that reference; a recording is its bytes; a text is its words together
        with the time that its sender gave, or without one with the day it came in (a form that was sent twice).
        """
        if self.ref:
            return _digest("ref", self.ref)
        if self.recording:
            return self.recording.sha256
        when = self.recorded_at.isoformat() if self.clock_given else self.received_at.date().isoformat()
        return _digest("text", self.text, self.client or "", self.activity or "", when)

    @property
    def content(self) -> str:
        """Equal when the same Idempotency-Key carries the same content."""
        return _digest(
            "content",
            self.recording.sha256 if self.recording else "",
            self.text,
            self.client or "",
            self.activity or "",
        )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sound:
    """What decoding found out about a recording.

    seconds         of the original, counted in decoded samples
    played_seconds  of the rendition, without the dead air at the ends
    level           dBFS of the speech
    peaks           200 figures from 0 to 100 over what is played
    remark          a code of `sentences.REMARKS` when the recording is not whole, else None
    """

    type: str
    seconds: float
    played_seconds: float
    level: float
    peaks: tuple[int, ...]
    remark: str | None = None
