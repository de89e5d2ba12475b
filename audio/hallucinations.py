"""What speech engines write where nobody said it: found by their own figures, by phrase, and by the prompt."""

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from audio.speech import Segment, Transcript

SILENT: Final = 0.6
SURELY_SILENT: Final = 0.9
UNSURE: Final = -1.0
UNDERSTOOD: Final = -0.8
"""Sentences that the base model understands lie above this, on spoken demo notes by 0.14 and more."""
REPETITIVE: Final = 2.4
DOUBTFUL: Final = 0.2

# Subtitles that Whisper was trained on end like this; nobody says it to a handheld.
_CREDITS: Final = re.compile(
    r"amara org|sous titr\w+|subtitl\w+ by|subtitles|st 501|radio canada ca|transcri\w+ by|www \w+ \w+"
    r"|merci d avoir regarde|thank\w* (you )?for watching|abonnez vous|like and subscribe|please subscribe"
)
# Said in earnest, too: dropped only where the engine itself doubts that anybody speaks.
_FILLERS: Final = frozenset(
    "you|thank you|thanks|bye|merci|okay|ok|oh|ah|hmm|au revoir|musique|music|silence".split("|")
)


def said(transcript: Transcript, names: Collection[str] = ()) -> Transcript:
    """The segments that somebody said; `names` are those that the engine was prompted with."""
    prompted = {_plain(name) for name in names} - {""}
    kept = [segment for segment in map(_measured, transcript.segments) if not _is_invented(segment, prompted)]
    return Transcript(tuple(_once(kept)))


def is_prompted(segment: Segment, names: Collection[str]) -> bool:
    """Whether names may stand in it only because the engine was prompted with them.

    So it is with more than one of them, and with one among words that the engine is unsure of: over a bad line it
    strews its prompt into what it does not understand.
    """
    plain = _plain(segment.text)
    found = [name for name in {_plain(name) for name in names} - {""} if re.search(rf"\b{re.escape(name)}\b", plain)]
    return len(found) > 1 or (bool(found) and segment.sureness < UNDERSTOOD)


def compression(text: str) -> float:
    """How many times smaller the text gets when compressed; 2.4 and more is a stuck engine."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def _measured(segment: Segment) -> Segment:
    return replace(segment, compression=max(segment.compression, compression(segment.text)))


def _is_invented(segment: Segment, prompted: Collection[str]) -> bool:
    plain = _plain(segment.text)
    if not plain or segment.compression > REPETITIVE or segment.no_speech > SURELY_SILENT:
        return True
    if segment.no_speech > SILENT and segment.sureness < UNSURE:
        return True
    if plain in _FILLERS and segment.no_speech > DOUBTFUL:
        return True
    return bool(_CREDITS.search(plain)) or _is_prompt(plain, segment, prompted)


def _is_prompt(plain: str, segment: Segment, prompted: Collection[str]) -> bool:
    """Whether it is nothing but prompted names: two or more, or one where the engine doubts that anybody speaks."""
    left, found = plain, 0
    for name in sorted(prompted, key=len, reverse=True):
        left, times = re.subn(rf"\b{re.escape(name)}\b", "", left)
        found += times
    return not left.strip() and (found > 1 or (found == 1 and segment.no_speech > DOUBTFUL))


def _once(segments: list[Segment]) -> Iterator[Segment]:
    """Each of a run of equal segments once: an engine that has lost its place says the last thing again."""
    before = ""
    for segment in segments:
        plain = _plain(segment.text)
        if plain != before:
            yield segment
        before = plain


def _plain(text: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))
