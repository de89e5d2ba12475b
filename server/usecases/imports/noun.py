"""How the rows of one noun become what is in the database: the description that each noun's module gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from server.domain.policy import Policy
from server.store.jobs import JobQueue
from server.usecases.imports.columns import Column, Key, Values


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writing of a batch needs: the transaction's session, the queue, the organisation's rules, the time."""

    session: Session
    jobs: JobQueue
    policy: Policy
    now: datetime


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names something else by its reference.

    column     its name; a cell holds one reference, or a set of them
    noun       what it names, as the noun of the bulk file that brings it in
    unknown    the code of the refusal when it does not exist
    find       what exists of these references, each with the values that take the cell's place
    promised   the values in a dry run for what an earlier file of the same run would have made
    """

    column: str
    noun: str
    unknown: str
    find: Callable[[Session, Sequence[str]], dict[str, Values]]
    promised: Values


@dataclass(slots=True)
class Change:
    """One thing to write: what was there, if anything, what the row says, and what shall be."""

    before: Values | None
    given: Values
    after: Values


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of bulk file.

    key       the columns that say which one a row is about
    there     what exists of these keys: the value of every column, and whatever else `complete` needs
    complete  finish `after`, where what is there (or the defaults) lies under the row's own values; raises
              CalepinError with the culprit as `field`
    write     make it so, and touch the clients whose brief shows it
    """

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    there: Callable[[Session, Sequence[Key]], dict[Key, Values]]
    write: Callable[[Desk, Sequence[Change]], None]
    references: tuple[Reference, ...] = ()
    complete: Callable[[Desk, Change], None] = lambda _desk, _change: None


def by_name(*columns: Column) -> dict[str, Column]:
    """The columns by their names, in order."""
    return {column.name: column for column in columns}
