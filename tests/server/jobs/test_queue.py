"""Putting jobs: in the transaction of the fact that asks for them, and once."""

import json

import pytest
from sqlalchemy import TableClause, column, func, select, table, text
from sqlalchemy.orm import Session

from server.jobs import records
from server.jobs.queue import create_tables
from server.store import jobs
from server.store.tables import metadata
from tests.server.jobs.conftest import Jobs

JOB = jobs.process_note("abc")


def rows(session: Session, name: str) -> TableClause:
    """One of DBOS's tables on this kind of database."""
    schema = None if session.get_bind().dialect.name == "sqlite" else "dbos"
    return table(name, column("status"), column("completed_at"), column("inputs"), schema=schema)


def count(session: Session, name: str) -> int | None:
    """How many rows it has."""
    return session.scalar(select(func.count()).select_from(rows(session, name)))


def known(at_work: Jobs, key: str = JOB.key) -> records.JobRecord | None:
    """What is known of a job."""
    with at_work.database.reading() as session:
        return records.find(session, [key]).get(key)


def end(at_work: Jobs, status: str) -> None:
    """Let every job end like that."""
    with at_work.database.transaction() as session:
        session.execute(rows(session, "workflow_status").update().values(status=status, completed_at=1))


def test_a_job_exists_once_its_transaction_is_committed(at_work: Jobs) -> None:
    """A committed job waits, and carries its argument as plain JSON."""
    with at_work.database.transaction() as session:
        at_work.queue.put(session, JOB)
    record = known(at_work)
    assert record is not None
    assert record.status == "ENQUEUED"
    with at_work.database.reading() as session:
        inputs = session.scalar(select(rows(session, "workflow_input").c.inputs))
    assert json.loads(str(inputs))["positionalArgs"] == ["abc"]


def test_a_job_is_gone_with_a_transaction_that_is_undone(at_work: Jobs) -> None:
    """What raises after the put takes the job with it."""

    def put_and_fail() -> None:
        with at_work.database.transaction() as session:
            at_work.queue.put(session, JOB)
            raise LookupError

    with pytest.raises(LookupError):
        put_and_fail()
    assert known(at_work) is None


def test_the_same_key_twice_is_one_job(at_work: Jobs) -> None:
    """Put again, in the same transaction or in a later one, a waiting job stays one and as it was."""
    with at_work.database.transaction() as session:
        at_work.queue.put(session, JOB)
        at_work.queue.put(session, JOB, attempt=3)
    with at_work.database.transaction() as session:
        at_work.queue.put(session, JOB, attempt=3)
        number = count(session, "workflow_status")
    record = known(at_work)
    assert record is not None
    assert (number, record.attempt) == (1, 1)


@pytest.mark.parametrize("status", sorted(records.FINISHED))
def test_a_job_that_has_ended_can_be_put_again(at_work: Jobs, status: str) -> None:
    """However it ended, the same key then waits anew, with the number of its attempt."""
    with at_work.database.transaction() as session:
        at_work.queue.put(session, JOB)
    end(at_work, status)
    with at_work.database.transaction() as session:
        at_work.queue.put(session, JOB, attempt=2)
    record = known(at_work)
    assert record is not None
    assert (record.status, record.attempt) == ("ENQUEUED", 2)


def test_jobs_that_ended_long_ago_are_cleared_away(at_work: Jobs) -> None:
    """A purge takes what ended before the instant, with all that belongs to it, and leaves what waits."""
    with at_work.database.transaction() as session:
        at_work.queue.put(session, JOB)
    end(at_work, "SUCCESS")
    later = jobs.process_note("later")
    with at_work.database.transaction() as session:
        at_work.queue.put(session, later)
    parts = at_work.parts()
    with at_work.database.transaction() as session:
        purged = records.purge(session, parts.clock())
        inputs = count(session, "workflow_input")
    assert (purged, inputs) == (1, 1)
    assert known(at_work) is None
    assert known(at_work, later.key) is not None


def test_the_tables_of_jobs_can_be_made_twice_and_clash_with_none_of_ours(at_work: Jobs) -> None:
    """DBOS's migrations are repeatable, and on SQLite, where they share a file, no table is named like one of ours."""
    create_tables(at_work.database)
    if not at_work.database.is_sqlite:
        return
    with at_work.database.reading() as session:
        tables = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    theirs = tables - set(metadata.tables)
    assert {"workflow_status", "workflow_input", "queues"} <= theirs
