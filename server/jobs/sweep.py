"""The sweep: whatever happened to its job, a note that is `received` gets one again."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from threading import Event

from server.jobs import records
from server.jobs.failures import describe
from server.jobs.names import VERSION
from server.jobs.parts import Pace, WorkerParts
from server.jobs.queue import DurableQueue
from server.jobs.records import JobRecord
from server.store import jobs, notes

MOST_NOTES = 5000
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
    ) -> None:
        self._parts = parts
        self._queue = queue
        self._executor = executor
        self._running = running
        self._pace = pace

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
        """Put a job for every waiting note that has none, or whose job failed long enough ago; count them."""
        now = self._parts.clock()
        database = self._parts.database
        with database.reading() as session:
            uids = notes.waiting(session, now - timedelta(seconds=self._pace.grace), MOST_NOTES)
            known = records.find(session, [jobs.process_note(uid).key for uid in uids])
        first = timedelta(seconds=self._pace.first_retry)
        put = 0
        for uid in uids:
            job = jobs.process_note(uid)
            attempt = next_attempt(known.get(job.key), now, first)
            if attempt is None:
                continue
            with database.transaction() as session:
                self._queue.put(session, job, attempt)
            _tell(uid, attempt)
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


def _tell(uid: str, attempt: int) -> None:
    if attempt == 1:
        logger.warning("note %s had no job; it has one now", uid)
    elif attempt < WORRYING_ATTEMPT:
        logger.warning("note %s: attempt %d", uid, attempt)
    else:
        logger.error("note %s: attempt %d; it is safe but unprocessed, see the reason above", uid, attempt)
