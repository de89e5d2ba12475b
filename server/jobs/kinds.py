"""What kinds of jobs a worker runs, and what it does from time to time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from server.jobs import notes, renditions, transcripts
from server.jobs.parts import WorkerParts
from server.store import jobs
from server.store import notes as stored_notes
from server.store import transcripts as stored_transcripts
from server.store.jobs import Job


@dataclass(frozen=True, slots=True)
class Source:
    """Things that wait for a job: each gets one, whatever became of the one it had.

    job      makes the job for a thing
    waiting  the things that came before an instant and still wait, so many at most
    """

    job: Callable[[str], Job]
    waiting: Callable[[Session, datetime, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its name as in `Job.name`, and what does one, given its argument, as often as need be.

    `source` is left out for jobs that somebody asks for again when they were lost.
    """

    name: str
    work: Callable[[str], None]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Routine:
    """Something that is done every so many seconds; what it returns is how much there was to do."""

    name: str
    seconds: float
    work: Callable[[], int]


def own_kinds(parts: WorkerParts) -> tuple[Kind, ...]:
    """The jobs of notes and recordings.

    Without a speech engine transcripts that are due wait; those put earlier do no harm.
    """
    due = Source(jobs.transcribe, stored_transcripts.waiting) if parts.transcriber else None
    return (
        Kind("process_note", partial(notes.process_note, parts), Source(jobs.process_note, stored_notes.waiting)),
        Kind("render", partial(renditions.render, parts)),
        Kind("transcribe", partial(transcripts.transcribe, parts), due),
    )
