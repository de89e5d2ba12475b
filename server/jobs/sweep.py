"""The sweep: whatever happened to its job, a note that is `received`, or anything else that waits, gets one again."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from threading import Event

from server.jobs import records
from server.jobs.failures import describe
from server.jobs.kinds import Kind, Source
from server.jobs.names import VERSION
from server.jobs.parts import Pace, WorkerParts
from server.jobs.queue import DurableQueue
from server.jobs.records import JobRecord
from server.store import jobs

MOST_WAITING = 5000
LONGEST_RETRY = timedelta(hours=1)
WORRYING_ATTEMPT = 8

logger = logging.getLogger(__name__)


class Sweep:
    """What one worker, `executor`, looks after; `running` tells the keys of the jobs it has in hand."""

    def __init__(
        self,
        parts: WorkerParts,
        queue: DurableQueue,
        executor: str,
        running: Callable[[], Collection[str]],
        pace: Pace,
        kinds: Sequence[Kind],
    ) -> None:
        self._parts = parts
        self._queue = queue
        self._executor = executor
        self._running = running
        self._pace = pace
        self._kinds = kinds

    def keep_sweeping(self, stop: Event) -> None:
        """Sweep at once and then every so many seconds, until told to stop."""
        while True:
            for broom in (self.put_back_stranded, self.put_forgotten, self.purge):
                try:
                    broom()
                except Exception as error:
                    logger.warning("sweep: %s: %s", broom.__name__, describe(error))
            if stop.wait(self._pace.sweep):
                return

    def put_back_stranded(self) -> int:
        """Put back the jobs that this worker has taken and does not run; count them."""
        before = self._parts.clock() - timedelta(seconds=self._pace.stranded)
        with self._parts.database.transaction() as session:
            released = records.release_stranded(session, self._executor, self._running(), before)
        if released:
            logger.warning("%d jobs were taken and never finished; they wait again", released)
        return released

    def put_forgotten(self) -> int:
        """Put a job for every waiting thing that has none, or whose job failed long enough ago; count them."""
        return sum(self._put_those_of(kind.name, kind.source) for kind in self._kinds if kind.source)

    def _put_those_of(self, name: str, source: Source) -> int:
        now = self._parts.clock()
        database = self._parts.database
        with database.reading() as session:
            waiting = source.waiting(session, now - timedelta(seconds=self._pace.grace), MOST_WAITING)
            wanted = {uid: source.job(uid) for uid in waiting}
            asked_for = jobs.still_asked_for(session, [job.key for job in wanted.values()])
            known = records.find(session, [job.key for job in wanted.values()])
        first = timedelta(seconds=self._pace.first_retry)
        put = 0
        for uid, job in wanted.items():
            attempt = next_attempt(known.get(job.key), now, first)
            if attempt is None or job.key in asked_for:
                continue
            with database.transaction() as session:
                self._queue.put(session, job, attempt)
            _tell(name, uid, attempt)
            put += 1
        return put

    def purge(self) -> int:
        """Clear away the jobs that ended long ago; count them."""
        before = self._parts.clock() - timedelta(seconds=self._pace.keep)
        with self._parts.database.transaction() as session:
            return records.purge(session, before)


def next_attempt(record: JobRecord | None, now: datetime, first: timedelta) -> int | None:
    """Which attempt a note that waits is due for now; None while its job lives, or its time has not come.

    A lost job is due at once. After a failure it takes `first`, then twice as long each time, an hour at most: a note
    is never given up.
    """
    if record is None:
        return 1
    if record.status == records.RUNNING:
        return None
    if record.status in records.WAITING:
        return None if record.version in (VERSION, None) else record.attempt
    pause = min(first * 2 ** min(record.attempt - 1, 20), LONGEST_RETRY)
    return record.attempt + 1 if now >= record.changed_at + pause else None


def _tell(name: str, uid: str, attempt: int) -> None:
    if attempt == 1:
        logger.warning("%s %s had no job; it has one now", name, uid)
    elif attempt < WORRYING_ATTEMPT:
        logger.warning("%s %s: attempt %d", name, uid, attempt)
    else:
        logger.error("%s %s: attempt %d; it is safe but not done, see the reason above", name, uid, attempt)
