"""Several requests' works in one transaction: each is done or undone by itself, and all are synced at once."""

from threading import Event, Thread

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.domain.errors import NotFound
from server.store.database import Database
from server.store.jobs import Job, Outbox
from server.store.tables.jobs import JobRow
from tests.wire.service import until


def put(session: Session, key: str) -> str:
    """Write a row; refuse the unlucky number after it was written."""
    Outbox().put(session, Job("test", key, "argument"))
    if key == "13":
        raise NotFound
    return key


def written(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(JobRow.key)))


def test_a_work_alone_is_committed_or_undone(database: Database) -> None:
    """What it returns comes back, what it raises too; and then nothing of it is there."""
    assert database.together(lambda session: put(session, "1")) == "1"
    with pytest.raises(NotFound):
        database.together(lambda session: put(session, "13"))
    assert written(database) == {"1"}


def test_works_that_wait_are_committed_at_once(sqlite_url: str) -> None:
    """While one is at it, twenty more come: two commits in all, and the one that is refused harms no other."""
    database = Database(sqlite_url)
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    going, go_on = Event(), Event()

    def slow(session: Session) -> str:
        going.set()
        assert go_on.wait(10)
        return put(session, "0")

    done: list[str] = []
    refused: list[str] = []

    def work(number: int) -> None:
        try:
            done.append(database.together(lambda session: put(session, str(number))))
        except NotFound:
            refused.append(str(number))

    threads = [Thread(target=database.together, args=(slow,))]
    threads[0].start()
    assert going.wait(10)
    threads += [Thread(target=work, args=(number,)) for number in range(1, 21)]
    for thread in threads[1:]:
        thread.start()
    until(lambda: len(database._shares) == 20, 5, "all of them wait")
    go_on.set()
    for thread in threads:
        thread.join()
    assert (len(done), refused, len(commits)) == (19, ["13"], 2)
    assert written(database) == {str(number) for number in range(21)} - {"13"}
    database.close()


def test_when_the_commit_fails_nobody_is_told_that_it_is_done(sqlite_url: str) -> None:
    """What is wrong only when it comes to the commit: the work is refused, and the next one is served as ever."""
    database = Database(sqlite_url)

    def orphan(session: Session) -> None:  # a note key without a note, looked at when the transaction ends
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.connection().exec_driver_sql("INSERT INTO note_keys VALUES (1, 'k', 1, 'c')")

    with pytest.raises(IntegrityError):
        database.together(orphan)
    assert database.together(lambda session: put(session, "2")) == "2"
    assert written(database) == {"2"}
    database.close()
