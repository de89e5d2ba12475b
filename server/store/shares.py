"""Shares in one transaction: the works of several requests, synced to the disk once (a group commit)."""

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

Result = TypeVar("Result")


class Share(Generic[Result]):
    """One work, and what became of it."""

    def __init__(self, work: Callable[[Session], Result]) -> None:
        self._work = work
        self._results: list[Result] = []
        self._error: BaseException | None = None
        self.over = False

    def do(self, session: Session, *, alone: bool) -> None:
        """Do it; what it has written is undone when it raises, and only that unless it is alone."""
        connection = session.connection()
        if not alone:
            connection.exec_driver_sql("SAVEPOINT share")
        try:
            self._results = [self._work(session)]
        except BaseException as error:
            if alone:
                raise
            self._error = error
            connection.exec_driver_sql("ROLLBACK TO share")
        if not alone:
            connection.exec_driver_sql("RELEASE share")

    def fail(self, error: BaseException) -> None:
        """Nothing of it was committed."""
        self._error = error

    def result(self) -> Result:
        """What the work returned, once that is committed; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._results[0]


Shares = deque[Share[Any]]


def commit_shares(engine: Engine, waiting: Shares) -> None:
    """Do everything that waits in one transaction and commit it. Each share is over then, one way or the other."""
    batch = [waiting.popleft() for _ in range(len(waiting))]
    try:
        with Session(engine, expire_on_commit=False) as session:
            try:
                for share in batch:
                    share.do(session, alone=len(batch) == 1)
            except BaseException:
                session.rollback()
                raise
            session.commit()
    except BaseException as error:
        for share in batch:
            share.fail(error)
    finally:
        for share in batch:
            share.over = True
