"""Who runs the jobs: one worker on an SQLite file, any number on PostgreSQL, never two under the same name."""

import fcntl
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from server.jobs.failures import describe
from server.store.database import Database

LOST_LOCK_STATUS = 70  # EX_SOFTWARE of sysexits.h

_ONLY = "worker"
_LOCKS = 0x4A4F4253  # the first half of our advisory locks' keys; the second is the hash of a worker's name
_WATCH_SECONDS = 1.0

# A worker that is cut off must find out before the server gives its lock away: after ten seconds here, 25 there.
_NOTICE = {
    "connect_timeout": 10,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_SERVER_SETTINGS = {"tcp_keepalives_idle": 10, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}

logger = logging.getLogger(__name__)


class WorkerRunning(RuntimeError):
    """Another process runs the jobs of this SQLite file. The message says what to do."""


@contextmanager
def executor(database: Database, stop: Event, patience: float) -> Iterator[str | None]:
    """The name under which this process alone runs jobs while the block lasts; None if told to stop before it had one.

    On SQLite it waits until the worker before has ended, and raises WorkerRunning after `patience` seconds. On
    PostgreSQL the process ends at once, with status 70, when it loses the connection that holds its name: others then
    take its jobs over, and each must be run by one.
    """
    alone = _alone_on_file(database, stop, patience) if database.is_sqlite else _named(database)
    with alone as name:
        yield name


def is_dead(session: Session, name: str) -> bool:
    """Whether no living worker holds that name; it stays free until the session's transaction ends (PostgreSQL)."""
    statement = text("SELECT pg_try_advisory_xact_lock(:locks, hashtext(:name))")
    return bool(session.scalar(statement, {"locks": _LOCKS, "name": name}))


@contextmanager
def _alone_on_file(database: Database, stop: Event, patience: float) -> Iterator[str | None]:
    path = Path(f"{database.engine.url.database}.worker")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _ONLY if _locked(descriptor, path, stop, patience) else None
    finally:
        os.close(descriptor)  # lets the lock go; the file stays, for removing it would let two hold "the" lock


def _locked(descriptor: int, path: Path, stop: Event, patience: float) -> bool:
    deadline = monotonic() + patience
    while not stop.is_set():
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > deadline:
                holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
                msg = (
                    f"Process {holder} already runs the jobs of {path.with_suffix('').name}: an SQLite file takes one "
                    "worker. Stop that process, or set CALEPIN_DATABASE_URL to PostgreSQL, which takes any number."
                )
                raise WorkerRunning(msg) from None
            stop.wait(0.2)
            continue
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return True
    return False


@contextmanager
def _named(database: Database) -> Iterator[str | None]:
    name = f"worker-{secrets.token_hex(8)}"
    engine = create_engine(database.engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=_NOTICE)
    over = Event()
    with engine.connect() as connection:
        for setting, seconds in _SERVER_SETTINGS.items():
            connection.execute(text(f"SET {setting} = {seconds}"))
        # hashtext has 32 bits: should it fall on the lock of another name, wait for nobody and be told.
        if not connection.scalar(
            text("SELECT pg_try_advisory_lock(:locks, hashtext(:name))"), {"locks": _LOCKS, "name": name}
        ):
            msg = "The name this worker chose is taken, by a rare chance. Start it again."
            raise WorkerRunning(msg)
        watcher = Thread(target=_watch, args=(connection, name, over), name="jobs-lock", daemon=True)
        watcher.start()
        try:
            yield name
        finally:
            over.set()
            watcher.join()


def _watch(connection: Connection, name: str, over: Event) -> None:
    while not over.wait(_WATCH_SECONDS):
        try:
            connection.execute(text("SELECT 1"))
        except Exception as error:
            logger.critical("%s lost the database and ends; others take over its jobs. %s", name, describe(error))
            logging.shutdown()
            os._exit(LOST_LOCK_STATUS)
