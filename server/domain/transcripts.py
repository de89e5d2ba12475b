"""Transcripts: what was said in a recording, cleaned, cut to a length, each piece with its times."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.domain.brief_text import clean

LONGEST: Final = 20_000
"""Characters of a transcript: an hour and a half of quick speech."""


class Transcribing(StrEnum):
    """Where the transcript of a recording stands; a note without any of these was never to have one."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said from `start` to `end`, in seconds of what is played; `language` as ISO 639-1."""

    start: float
    end: float
    text: str
    language: str | None = None

    def stored(self) -> dict[str, object]:
        """As the database keeps it and the wire shows it."""
        return {
            "start": round(self.start, 2),
            "end": round(self.end, 2),
            "text": self.text,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that was said, and its pieces; both empty where nobody spoke."""

    text: str
    pieces: tuple[Piece, ...]


def tidy(pieces: Iterable[Piece]) -> Transcript:
    """The transcript of these pieces: control and invisible marks out, at most LONGEST characters in all."""
    kept: list[Piece] = []
    room = LONGEST
    for piece in pieces:
        text = clean(piece.text)[:room].strip()
        if text:
            kept.append(Piece(piece.start, max(piece.start, piece.end), text, piece.language))
            room -= len(text) + 1
        if room <= 0:
            break
    return Transcript(" ".join(piece.text for piece in kept), tuple(kept))
