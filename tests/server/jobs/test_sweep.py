"""The sweep: which note is due for which attempt, and what it finds in the tables."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import ColumnClause, column, table

from server.jobs import records
from server.jobs.kinds import own_kinds
from server.jobs.names import VERSION
from server.jobs.parts import Pace
from server.jobs.records import JobRecord
from server.jobs.sweep import Sweep, next_attempt
from server.store import jobs
from tests.server.jobs.conftest import Jobs

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
FIRST = timedelta(seconds=20)


def ended(attempt: int, seconds_ago: float, status: str = "ERROR") -> JobRecord:
    """A job that ended that long ago."""
    return JobRecord(status, VERSION, attempt, NOW - timedelta(seconds=seconds_ago))


def test_a_note_without_a_job_is_due_at_once() -> None:
    """A lost job is put as a first attempt."""
    assert next_attempt(None, NOW, FIRST) == 1


@pytest.mark.parametrize("status", ["ENQUEUED", "DELAYED", "PENDING"])
def test_a_living_job_is_left_alone(status: str) -> None:
    """What waits or runs under our version needs nothing, however old it is."""
    assert next_attempt(ended(1, 1e6, status), NOW, FIRST) is None


@pytest.mark.parametrize(
    ("attempt", "seconds_ago", "expected"),
    [
        (1, 19, None),
        (1, 20, 2),
        (2, 39, None),
        (2, 40, 3),
        (5, 319, None),
        (5, 320, 6),
        (30, 3599, None),
        (30, 3600, 31),
    ],
)
def test_a_failed_job_waits_longer_each_time_and_an_hour_at_most(
    attempt: int, seconds_ago: float, expected: int | None
) -> None:
    """Twenty seconds, then twice as long after each failure, never more than an hour, and never given up."""
    assert next_attempt(ended(attempt, seconds_ago), NOW, FIRST) == expected


@pytest.mark.parametrize("status", sorted(records.FINISHED))
def test_every_way_to_end_counts_as_a_failure_while_the_note_waits(status: str) -> None:
    """Whatever DBOS calls the end, a note that still waits is tried again."""
    assert next_attempt(ended(1, 60, status), NOW, FIRST) == 2


def test_a_job_of_another_version_is_put_under_ours(at_work: Jobs) -> None:
    """What an older program left waiting, and no worker of today would take, is put again."""
    uid = at_work.take("Left behind by an upgrade.", minutes_ago=1)
    change(at_work, application_version="0")
    assert sweep(at_work).put_forgotten() == 1
    with at_work.database.reading() as session:
        record = records.find(session, [jobs.process_note(uid).key])[jobs.process_note(uid).key]
    assert (record.status, record.version) == ("ENQUEUED", VERSION)
    assert sweep(at_work).put_forgotten() == 0


def test_a_job_that_was_taken_and_is_not_running_is_put_back(at_work: Jobs) -> None:
    """A worker puts back its own stranded jobs, but neither those it has in hand nor those of others."""
    key = jobs.process_note(at_work.take("Taken when the disk was full.")).key
    change(at_work, status="PENDING", executor_id="me", started_at_epoch_ms=1)
    assert sweep(at_work, running=[key]).put_back_stranded() == 0
    assert sweep(at_work, executor="other").put_back_stranded() == 0
    assert sweep(at_work).put_back_stranded() == 1
    with at_work.database.reading() as session:
        assert records.find(session, [key])[key].status == "ENQUEUED"


def sweep(at_work: Jobs, executor: str = "me", running: list[str] | None = None) -> Sweep:
    """The sweep of that worker."""
    return Sweep(at_work.parts(), at_work.queue, executor, lambda: running or [], Pace(), own_kinds(at_work.parts()))


def change(at_work: Jobs, **values: object) -> None:
    """Change every row of DBOS's workflows."""
    names: list[ColumnClause[object]] = [column(name) for name in values]
    rows = table("workflow_status", *names, schema=None if at_work.database.is_sqlite else "dbos")
    with at_work.database.transaction() as session:
        session.execute(rows.update().values(values))
