"""What was asked for becomes jobs of the durable queue: each once, in one transaction."""

from server.jobs.queue import DurableQueue
from server.store import jobs
from server.store.database import Database

AT_ONCE = 100


def fetch(database: Database, queue: DurableQueue) -> int:
    """Move what waits in the outbox to the durable queue, so many at once; how many that were."""
    with database.reading() as session:
        waiting = jobs.asked_for(session, AT_ONCE)
    if not waiting:
        return 0
    with database.transaction() as session:
        for job in waiting:
            if jobs.taken_up(session, job):
                queue.put(session, job)
    return len(waiting)
