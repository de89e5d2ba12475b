"""The engine, and the only `commit`: one transaction a request or job, ended before its reply is sent."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState

from server.store.shares import Share, Shares, commit_shares

BUSY_SECONDS = 30

Result = TypeVar("Result")


class Database:
    """An SQLite file or a PostgreSQL server, by its SQLAlchemy URL. Nothing is opened before the first use."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        # SQLite lets one write at a time, and has the others look again at ever longer intervals: a queue of our own
        # wakes the next one at once.
        self._turn = Lock() if self.is_sqlite else nullcontext()
        self._shares: Shares = deque()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed when the block ends, and undone when it raises.

        On SQLite it takes the write lock at once (BEGIN IMMEDIATE), so that a read before a write is never stale.
        """
        with self._turn, Session(self.engine, expire_on_commit=False) as session:
            try:
                yield session
            except BaseException:
                session.rollback()
                raise
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: on SQLite it waits for no writer, and nothing is committed.

        On SQLite each statement sees the newest state (no BEGIN): half the cost of a short read.
        """
        with Session(self.engine.execution_options(reading=True), expire_on_commit=False, autoflush=False) as session:
            yield session

    def together(self, work: Callable[[Session], Result]) -> Result:
        """What `work` returns, done in a transaction that is committed then: on SQLite in one with whoever else waits.

        Syncing is what a short transaction takes its time for, and it costs the same for one as for eight. Each work
        is undone by itself when it raises; it must use statements only, not mapped objects.
        """
        if not self.is_sqlite:
            with self.transaction() as session:
                return work(session)
        share: Share[Result] = Share(work)
        self._shares.append(share)
        with self._turn:
            if not share.over:
                commit_shares(self.engine, self._shares)
        return share.result()

    def ping(self) -> None:
        """One round trip; raises what the driver raises when the database does not answer."""
        with self.engine.execution_options(reading=True).connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url, pool_size=16, max_overflow=32, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "reset", _end_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged note survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "cache_size=-32768",
        "wal_autocheckpoint=4000",  # 16 MB: each checkpoint makes somebody wait for two more syncs
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _end_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry, _state: PoolResetState) -> None:
    # After a COMMIT that failed SQLite's transaction goes on, which SQLAlchemy takes for ended.
    if connection.in_transaction:
        connection.rollback()


def _postgresql_engine(url: str) -> Engine:
    options: dict[str, Any] = {"pool_size": 16, "max_overflow": 32, "pool_pre_ping": True}
    return create_engine(url, **options)


def server_version(database: Database) -> str:
    """The database's name and version, for a person."""
    with database.engine.connect() as connection:
        if database.is_sqlite:
            return f"SQLite {sqlite3.sqlite_version}"
        return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"
