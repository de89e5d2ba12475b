"""What the jobs work with, and how fast."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore

from audio.limits import Limits
from audio.speech import Transcriber
from server.domain.policy import Policy
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import JobQueue, Outbox
from server.usecases.processing import Portfolios


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """What a worker process is given.

    clock  what time it is, in UTC
    ears   bounds how many recordings are read at once: each takes a processor for itself
    portfolios  the names that notes may say, remembered
    transcriber  the speech engine, if there is one
    queue  where a job puts what is to be done after it
    """

    database: Database
    blobs: Blobs
    policy: Policy
    clock: Callable[[], datetime]
    ears: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(3))
    portfolios: Portfolios = field(default_factory=Portfolios)
    transcriber: Transcriber | None = None
    queue: JobQueue = field(default_factory=Outbox)

    @property
    def limits(self) -> Limits:
        """What reading one recording may cost."""
        return Limits(longest=float(self.policy.longest_note))


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a worker looks, and how long it waits; all in seconds.

    hands        jobs of a kind at once; more than there are ears, for texts are not listened to
    transcribers transcripts at once
    look         between two looks into a queue
    fetch        between two looks for what was asked for
    sweep        between two sweeps
    grace        a note older than this without a job is taken for forgotten
    stranded     a job taken longer ago than this and not running is put back
    first_retry  before a failed job's second attempt; then twice as long each time, an hour at most
    reap         between two looks for dead workers (PostgreSQL)
    keep         finished jobs are cleared away after this
    patience     for another worker on the same SQLite file to end
    drain        for running jobs to end when told to stop
    """

    hands: int = 12
    transcribers: int = 1
    look: float = 0.1
    fetch: float = 0.05
    sweep: float = 20.0
    grace: float = 5.0
    stranded: float = 30.0
    first_retry: float = 20.0
    reap: float = 2.0
    keep: float = 86_400.0
    patience: float = 60.0
    drain: int = 10
