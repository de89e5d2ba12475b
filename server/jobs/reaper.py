"""Takes over the jobs of workers that died (PostgreSQL), which open-source DBOS leaves to a paid service."""

import logging
from threading import Event

from server.jobs import exclusive, records
from server.jobs.failures import describe
from server.store.database import Database

logger = logging.getLogger(__name__)


def reaping(database: Database, executor: str, every: float, stop: Event) -> None:
    """Look for dead workers every so many seconds until told to stop."""
    while not stop.wait(every):
        try:
            reap(database, executor)
        except Exception as error:
            logger.warning("could not look for dead workers: %s", describe(error))


def reap(database: Database, executor: str) -> int:
    """Let the jobs of every dead worker wait again, for whoever is free, and count them."""
    with database.reading() as session:
        suspects = records.running_executors(session, besides=executor)
    return sum(_take_over(database, suspect) for suspect in suspects)


def _take_over(database: Database, suspect: str) -> int:
    with database.transaction() as session:
        if not exclusive.is_dead(session, suspect):
            return 0
        released = records.release_executor(session, suspect)
    logger.warning("%s is dead; %d of its jobs go to others", suspect, released)
    return released
