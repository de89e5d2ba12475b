"""The durable queue: DBOS's tables in our own database, filled by the workers from what was asked for."""

from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from server.jobs import records
from server.jobs.failures import quiet_dbos
from server.jobs.names import APPLICATION, VERSION
from server.store.database import Database
from server.store.jobs import Job

if TYPE_CHECKING:
    from dbos import DBOSClient, EnqueueOptions


class DurableQueue:
    """The queue that workers take jobs from. DBOS is imported (half a second) by `prepare`, or by the first `put`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._client: DBOSClient | None = None
        self._lock = Lock()

    def prepare(self) -> None:
        """Do now what the first `put` would otherwise wait for. Nothing is connected."""
        self.client()

    def put(self, session: Session, job: Job, attempt: int = 1) -> None:
        """Record the job in the session's own transaction: it exists if and only if that commits.

        A job with the same key that waits or runs stays as it is, and there is one. Where it has ended, well or not,
        it is done once more, so jobs must be harmless to repeat. `attempt` is kept beside it for whoever counts.
        """
        options: EnqueueOptions = {
            "workflow_name": job.name,
            "queue_name": job.queue,
            "workflow_id": job.key,
            "app_version": VERSION,
        }
        if attempt > 1:
            options["attributes"] = {"attempt": attempt}
        records.forget_finished(session, job.key)
        # Its connection, not the session: the same statements, without the object mapper around them.
        self.client().enqueue_in_transaction(session.connection(), options, job.argument)

    def client(self) -> "DBOSClient":
        """DBOS's client on our engine."""
        with self._lock:
            if self._client is None:
                self._client = _client(self._database)
            return self._client


def _client(database: Database) -> "DBOSClient":
    quiet_dbos()
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    return DBOSClient(
        system_database_engine=database.engine,
        serializer=DBOSPortableJSONSerializer(),  # the default is pickle
        application_name=APPLICATION,
        lazy=True,
    )


def create_tables(database: Database) -> None:
    """Make DBOS's tables beside ours, or bring them up to date. Safe to call from several processes at once.

    On SQLite they stand unprefixed in the same file, on PostgreSQL in the schema `dbos`.
    """
    quiet_dbos()
    from dbos import DBOS

    DBOS.migrate(database.engine.url.render_as_string(hide_password=False))
