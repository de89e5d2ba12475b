"""From the outbox to the durable queue."""

import pytest

from server.jobs import records
from server.jobs.fetching import AT_ONCE, fetch
from server.store import jobs
from server.store.jobs import Outbox
from tests.server.jobs.conftest import Jobs

JOB = jobs.process_note("abc")


def test_what_was_asked_for_is_fetched_once(at_work: Jobs) -> None:
    """Asked for twice in one transaction it is one job, and the outbox is empty afterwards."""
    with at_work.database.transaction() as session:
        Outbox().put(session, JOB)
        Outbox().put(session, JOB)
    assert [fetch(at_work.database, at_work.queue) for _ in range(2)] == [1, 0]
    with at_work.database.reading() as session:
        assert records.find(session, [JOB.key])[JOB.key].status == "ENQUEUED"


def test_a_job_exists_only_if_its_fact_does(at_work: Jobs) -> None:
    """What is rolled back was never asked for."""
    with pytest.raises(RuntimeError), at_work.database.transaction() as session:
        _ask_and_fail(session)
    assert fetch(at_work.database, at_work.queue) == 0


def _ask_and_fail(session: object) -> None:
    Outbox().put(session, JOB)  # type: ignore[arg-type]
    raise RuntimeError


def test_today_s_notes_do_not_wait_for_an_imported_past(at_work: Jobs) -> None:
    """A note of today is fetched before hundreds of an import that were asked for earlier, into a queue of its own."""
    with at_work.database.transaction() as session:
        for number in range(AT_ONCE + 50):
            Outbox().put(session, jobs.process_note(f"old{number}", queue=jobs.HISTORY))
        Outbox().put(session, JOB)
    assert fetch(at_work.database, at_work.queue) == AT_ONCE
    with at_work.database.reading() as session:
        assert JOB.key in records.find(session, [JOB.key])
        assert len(jobs.asked_for(session, 1000)) == 51
