"""Workers that are killed, cut off, or two where one is allowed."""

import os
import subprocess
from threading import Event

import pytest
from sqlalchemy import text

from server.domain.notes import NoteState
from server.jobs import exclusive, records
from server.jobs.parts import Pace
from server.store import jobs
from server.store.database import Database
from tests.server.jobs.conftest import Jobs, tone, wait_until


def test_a_killed_workers_job_is_done_once_by_the_next(at_work: Jobs) -> None:
    """Kill -9 in the middle of a job: the other worker takes it over within ten seconds, and ends it once.

    On SQLite the second one waits until the first is gone, on PostgreSQL both work side by side.
    """
    hold = at_work.blobs.root / "hold"
    hold.touch()
    uid = at_work.take(audio=tone())
    with at_work.worker_process() as first:
        wait_until(lambda: status(at_work, uid) == records.RUNNING)
        with at_work.worker_process() as second:
            first.kill()
            first.wait()
            hold.unlink()
            wait_until(lambda: at_work.note(uid).state == NoteState.PROCESSED, seconds=10)
            wait_until(lambda: status(at_work, uid) == "SUCCESS")
            assert said(second).count(f"note {uid}: voice processed") == 1
        assert second.returncode == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_told_to_stop_does_not_wait_for_a_long_job(at_work: Jobs) -> None:
    """SIGTERM ends a worker in bounded time; what it had in hand is done at the next start."""
    hold = at_work.blobs.root / "hold"
    hold.touch()
    uid = at_work.take(audio=tone())
    with at_work.worker_process() as process:
        wait_until(lambda: status(at_work, uid) == records.RUNNING)
        assert "1 jobs are left for the next start" in said(process)
    assert process.returncode == 0
    hold.unlink()
    with at_work.working(Pace(drain=1)):
        wait_until(lambda: at_work.note(uid).state == NoteState.PROCESSED)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_worker_that_loses_its_lock_ends(at_work: Jobs) -> None:
    """On PostgreSQL a worker whose connection with the lock is cut ends at once, so that others may take over."""
    with at_work.worker_process() as process:
        uid = at_work.take("Proof that it works.")
        wait_until(lambda: at_work.note(uid).state == NoteState.PROCESSED)
        with at_work.database.transaction() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database "
                    "WHERE locktype = 'advisory' AND granted AND d.datname = current_database()"
                )
            )
        assert process.wait(timeout=10) == exclusive.LOST_LOCK_STATUS
        assert "others take over its jobs" in str(process.stderr and process.stderr.read())


def test_a_second_worker_on_a_file_is_told_who_has_it(sqlite_url: str) -> None:
    """Where the first does not go in time, the second says which process has the file and what to do."""
    database = Database(sqlite_url)
    with exclusive.executor(database, Event(), patience=0) as name:
        assert name == "worker"
        with (
            pytest.raises(exclusive.WorkerRunning, match=rf"Process {os.getpid()} .* calepin\.sqlite: .* Stop that"),
            exclusive.executor(database, Event(), patience=0.1),
        ):
            pass
        stopped = Event()
        stopped.set()
        with exclusive.executor(database, stopped, patience=60) as nobody:
            assert nobody is None
    with exclusive.executor(database, Event(), patience=0) as name:
        assert name == "worker"


def status(at_work: Jobs, uid: str) -> str | None:
    """How the note's job stands."""
    key = jobs.process_note(uid).key
    with at_work.database.reading() as session:
        record = records.find(session, [key]).get(key)
    return record.status if record else None


def said(process: "subprocess.Popen[str]") -> str:
    """End a worker as an operator would, and give its log."""
    process.terminate()
    return process.communicate(timeout=15)[1]
