"""Renditions: the forms in which a recording is played, besides its original."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from server.store import jobs
from server.store.blobs import Blobs
from server.store.tables.notes import NoteRow

# The favourite first: what is there already, then what most devices play.
TYPES: Final[dict[str, str]] = {
    "opus": "audio/ogg; codecs=opus",
    "aac": "audio/mp4",
    "mp3": "audio/mpeg",
    "amr": "audio/amr",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording as somebody wants to hear it; `state` is its note's, `type` what decoding recognised."""

    sha256: str
    type: str
    state: str


def heard(row: NoteRow) -> Heard:
    """The recording of a note that has one."""
    return Heard(row.blob or "", row.type or "application/octet-stream", row.state)


def ready(blobs: Blobs, recording: Heard, form: str) -> Path | None:
    """The rendition if it has been made; it is whole then."""
    path = blobs.rendition(recording.sha256, "ogg" if form == "opus" else form)
    return path if path.is_file() else None


def order(session: Session, queue: jobs.JobQueue, recording: Heard, form: str) -> None:
    """Have a rendition made; ordering it twice makes it once."""
    queue.put(session, jobs.render(recording.sha256, form))
