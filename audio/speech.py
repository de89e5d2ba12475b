"""Speech to text: the port that every engine fills, and what goes in and out of it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class Refused(Exception):
    """The engine will not take this recording, today or tomorrow; the message says why, and holds nothing of it."""


class EngineFault(OSError):
    """The engine cannot work at present, whatever the recording; the message is a sentence with a remedy."""


class Unfinished(EngineFault):
    """The engine died or took too long on this recording. Again a few times, for the machine may be to blame."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps the engine.

    seconds   of the recording
    language  the speaker's own, `fr` or `en`; the engine may find another
    names     that are likely to be said, the likeliest first
    """

    seconds: float
    language: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of what was said.

    start, end   seconds from the start of the recording
    language     as ISO 639-1, None where the engine does not tell
    no_speech    probability from 0 to 1 that nobody speaks there
    sureness     mean log probability of its tokens, 0 at best
    compression  characters against their size when compressed: above 2.4 somebody repeats themselves endlessly
    """

    start: float
    end: float
    text: str
    language: str | None = None
    no_speech: float = 0.0
    sureness: float = 0.0
    compression: float = 1.0


@dataclass(frozen=True, slots=True)
class Transcript:
    """What an engine heard, in the order in which it was said; nothing at all in silence."""

    segments: tuple[Segment, ...] = field(default=())

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(segment.text.strip() for segment in self.segments if segment.text.strip())


class Transcriber(Protocol):
    """An engine. Safe to call from several threads; an engine on this machine does one recording after the other."""

    @property
    def name(self) -> str:
        """Which one it is, in words for the operator."""

    def transcribe(self, recording: Path, hints: Hints) -> Transcript:
        """Write down what is said in `recording`, an Opus rendition of ours; unfiltered.

        Raises Refused, EngineFault, Unfinished, and Unreadable where the recording cannot be decoded.
        """

    def close(self) -> None:
        """Let go of whatever it holds; the next call starts it again."""
