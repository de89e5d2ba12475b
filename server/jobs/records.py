"""The rows in which DBOS keeps its workflows (table `workflow_status`): found, put back, cleared away.

DBOS has no public call for these that works in a transaction of ours, so its table is spoken to directly; its version
is pinned, and the tests would notice a change.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    Delete,
    TableClause,
    bindparam,
    column,
    delete,
    func,
    literal,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from server.jobs.names import APPLICATION, VERSION

RUNNING = "PENDING"
WAITING = frozenset({"ENQUEUED", "DELAYED"})
FINISHED = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})

_MOST_PURGED = 1000


def _table(schema: str | None) -> TableClause:
    return table(
        "workflow_status",
        column("workflow_uuid"),
        column("status"),
        column("executor_id"),
        column("owner_xid"),
        column("application_name"),
        column("application_version"),
        column("attributes", JSON().with_variant(JSONB(), "postgresql")),
        column("started_at_epoch_ms"),
        column("updated_at"),
        column("completed_at"),
        schema=schema,
    )


def _forget(jobs: TableClause) -> Delete:
    foreign = jobs.c.status.in_(WAITING) & (jobs.c.application_version != VERSION)
    return delete(jobs).where(jobs.c.workflow_uuid == bindparam("key"), jobs.c.status.in_(FINISHED) | foreign)


_IN_FILE = _table(None)
_IN_SCHEMA = _table("dbos")

# Built once: it goes with every put, and building it takes longer than running it.
_FORGET_IN_FILE = _forget(_IN_FILE)
_FORGET_IN_SCHEMA = _forget(_IN_SCHEMA)


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as DBOS knows it: its state, the version it waits for, its attempts so far, when it last changed."""

    status: str
    version: str | None
    attempt: int
    changed_at: datetime


def find(session: Session, keys: Collection[str]) -> dict[str, JobRecord]:
    """The jobs with these keys that there are."""
    jobs = _jobs(session)
    rows = session.execute(
        select(
            jobs.c.workflow_uuid,
            jobs.c.status,
            jobs.c.application_version,
            jobs.c.attributes,
            func.coalesce(jobs.c.completed_at, jobs.c.updated_at).label("changed"),
        ).where(jobs.c.workflow_uuid.in_(keys))
    )
    return {
        row.workflow_uuid: JobRecord(
            row.status,
            row.application_version,
            int((row.attributes or {}).get("attempt", 1)),
            datetime.fromtimestamp(row.changed / 1000, UTC),
        )
        for row in rows
    }


def forget_finished(session: Session, key: str) -> None:
    """Drop what is known of a job that has ended, well or not, or waits for another version, so it can be put again."""
    session.execute(_FORGET_IN_FILE if _jobs(session) is _IN_FILE else _FORGET_IN_SCHEMA, {"key": key})


def running_executors(session: Session, besides: str) -> list[str]:
    """The executors, but for that one, which are said to be running a job."""
    jobs = _jobs(session)
    mine = (jobs.c.status == literal(RUNNING), jobs.c.application_name == APPLICATION)
    return list(session.scalars(select(jobs.c.executor_id).where(*mine, jobs.c.executor_id != besides).distinct()))


def release_all(session: Session) -> int:
    """Let every running job wait again, and count them: for the only worker there is, before it starts."""
    return _release(session)


def release_executor(session: Session, executor: str) -> int:
    """Let the jobs of a dead worker wait again, and count them."""
    return _release(session, _jobs(session).c.executor_id == executor)


def release_stranded(session: Session, executor: str, running: Iterable[str], before: datetime) -> int:
    """Let wait again what this worker took before that instant and is not running (any more), and count it.

    DBOS leaves such a row when it can take a job but not write down how it ended, as on a full disk.
    """
    jobs = _jobs(session)
    return _release(
        session,
        jobs.c.executor_id == executor,
        jobs.c.started_at_epoch_ms < _milliseconds(before),
        jobs.c.workflow_uuid.not_in(list(running)),
    )


def purge(session: Session, before: datetime) -> int:
    """Clear away jobs that ended before that instant, a thousand at most, and count them."""
    jobs = _jobs(session)
    old = (
        select(jobs.c.workflow_uuid)
        .where(jobs.c.status.in_(FINISHED), jobs.c.completed_at < _milliseconds(before))
        .limit(_MOST_PURGED)
    )
    gone = list(session.scalars(delete(jobs).where(jobs.c.workflow_uuid.in_(old)).returning(jobs.c.workflow_uuid)))
    for name in ("workflow_input", "workflow_output", "operation_outputs"):
        beside = table(name, column("workflow_uuid"), schema=jobs.schema)
        session.execute(delete(beside).where(beside.c.workflow_uuid.in_(gone)))
    return len(gone)


def _release(session: Session, *where: ColumnElement[bool]) -> int:
    jobs = _jobs(session)
    released = session.scalars(
        update(jobs)
        .where(jobs.c.status == RUNNING, jobs.c.application_name == APPLICATION, *where)
        .values(
            status="ENQUEUED",
            owner_xid=None,
            started_at_epoch_ms=None,
            application_version=VERSION,
        )
        .returning(jobs.c.workflow_uuid)
    )
    return len(released.all())


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


def _jobs(session: Session) -> TableClause:
    return _IN_FILE if session.get_bind().dialect.name == "sqlite" else _IN_SCHEMA
