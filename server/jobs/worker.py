"""The worker process: DBOS launched on our tables, our jobs registered, and the threads that watch over them."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event

from server.jobs import exclusive, records
from server.jobs.failures import JobFailed, describe, quiet_dbos
from server.jobs.fetching import fetch
from server.jobs.kinds import Kind, Routine, own_kinds
from server.jobs.names import APPLICATION, VERSION
from server.jobs.parts import Pace, WorkerParts
from server.jobs.queue import DurableQueue
from server.jobs.reaper import reaping
from server.jobs.sweep import Sweep
from server.store.database import BUSY_SECONDS, Database
from server.store.jobs import QUEUES, SPEECH

if TYPE_CHECKING:
    from sqlite3 import Connection as SqliteConnection

    from dbos import DBOSConfig
    from sqlalchemy.pool import ConnectionPoolEntry

USUAL_PACE = Pace()

# A job that takes its process down with it this often is left to the sweep, which lets it wait longer each time.
MOST_CRASHES = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shift:
    """What the threads of one run share; `running` are the keys of the jobs at hand."""

    parts: WorkerParts
    queue: DurableQueue
    executor: str
    kinds: Sequence[Kind]
    routines: Sequence[Routine]
    pace: Pace
    running: set[str] = field(default_factory=set)


def run(
    parts: WorkerParts,
    stop: Event,
    pace: Pace = USUAL_PACE,
    kinds: Sequence[Kind] = (),
    routines: Sequence[Routine] = (),
) -> int:
    """Run jobs until `stop` is set, then let those at hand end, and return how many did not in time.

    `kinds` and `routines` come on top of the work on notes. Jobs that did not end are done again at the next start.
    Python would wait for their threads before it ends, so where any are left the caller ends the process with
    `os._exit`. Needs a migrated database; one call at a time in a process.

    Raises exclusive.WorkerRunning when another worker holds the same SQLite file and does not go. On PostgreSQL the
    process ends with status 70 when it loses the database; whoever started it starts it again.
    """
    quiet_dbos()
    with exclusive.executor(parts.database, stop, pace.patience) as executor:
        if executor is None:
            return 0
        if parts.database.is_sqlite:
            with parts.database.transaction() as session:
                records.release_all(session)
        everything = (*own_kinds(parts), *kinds)
        shift = _Shift(parts, DurableQueue(parts.database), executor, everything, routines, pace)
        with _dbos(shift), _watching(shift):
            logger.info("%s runs jobs, %d of a queue at once", executor, pace.hands)
            stop.wait()
    logger.info("%s has ended; %d jobs are left for the next start", executor, len(shift.running))
    return len(shift.running)


@contextmanager
def _dbos(shift: _Shift) -> Iterator[None]:
    from dbos import DBOS, DBOSPortableJSONSerializer

    parts, pace = shift.parts, shift.pace
    for name in QUEUES:
        hands = pace.transcribers if name == SPEECH else pace.hands
        shift.queue.client().register_queue(name, worker_concurrency=hands, polling_interval_sec=pace.look)
    with ExitStack() as cleanup:
        engine = parts.database.engine
        if parts.database.is_sqlite:
            engine = _sqlite_engine(parts.database)
            cleanup.callback(engine.dispose)
        config: DBOSConfig = {
            "name": APPLICATION,
            "application_version": VERSION,
            "executor_id": shift.executor,
            "system_database_engine": engine,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "run_migrations": False,
            "use_listen_notify": False,  # nobody here waits for DBOS's own messages
        }
        cleanup.callback(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=pace.drain)
        DBOS(config=config)
        for kind in shift.kinds:
            workflow = DBOS.workflow(name=kind.name, max_recovery_attempts=MOST_CRASHES)
            workflow(_job(kind, shift.running))
        DBOS.launch()
        yield


def _job(kind: Kind, running: set[str]) -> Callable[[str], None]:
    # No steps: what a job has done is written in our own tables, each part may be repeated, and every step would
    # cost two more transactions.
    from dbos import DBOS

    def job(argument: str) -> None:
        key = DBOS.workflow_id or argument
        running.add(key)
        try:
            kind.work(argument)
        except Exception as error:
            reason = describe(error)
            logger.warning("%s %s failed: %s", kind.name, argument, reason)
            raise JobFailed(reason) from None
        finally:
            running.discard(key)

    return job


@contextmanager
def _watching(shift: _Shift) -> Iterator[None]:
    over = Event()
    parts, pace = shift.parts, shift.pace
    sweep = Sweep(parts, shift.queue, shift.executor, lambda: tuple(shift.running), pace, shift.kinds)
    threads = [Thread(target=sweep.keep_sweeping, args=(over,), name="jobs-sweep", daemon=True)]
    threads += [
        Thread(target=_keep_doing, args=(routine, over), name=f"jobs-{routine.name}", daemon=True)
        for routine in (*shift.routines, _fetching(shift))
    ]
    if not parts.database.is_sqlite:
        arguments = (parts.database, shift.executor, pace.reap, over)
        threads.append(Thread(target=reaping, args=arguments, name="jobs-reaper", daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _fetching(shift: _Shift) -> Routine:
    return Routine("fetch", shift.pace.fetch, partial(fetch, shift.parts.database, shift.queue))


def _keep_doing(routine: Routine, over: Event) -> None:
    while not over.is_set():
        try:
            routine.work()
        except Exception as error:
            logger.warning("%s: %s", routine.name, describe(error))
        over.wait(routine.seconds)


def _sqlite_engine(database: Database) -> Engine:
    """An engine for DBOS's own book-keeping on the same file.

    Ours takes the write lock for every transaction, which DBOS's polling would do fifteen times a second; and what
    DBOS writes need not survive a power cut, after which a job is simply done again.
    """
    connecting = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(database.engine.url, pool_size=20, connect_args=connecting)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: "SqliteConnection", _entry: "ConnectionPoolEntry") -> None:
    connection.isolation_level = "IMMEDIATE"
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
