"""The import of one table: batch by batch, each in a transaction of its own.

A batch is all or nothing, and so is what its rows ask for (jobs, notes, briefs to renew). After a crash whole batches
are there and no half ones: the same file again completes it, and counts what is there as unchanged. Batches are short
so that an import of any size never keeps a rep's note waiting for the database.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from server.domain.errors import NotFound
from server.domain.policy import Policy
from server.store.database import Database
from server.store.jobs import JobQueue
from server.usecases.imports.activities import activities
from server.usecases.imports.batches import Counts, settle
from server.usecases.imports.clients import clients
from server.usecases.imports.columns import Entry, read_entry
from server.usecases.imports.contacts import contacts
from server.usecases.imports.disbursements import disbursements
from server.usecases.imports.notes import notes
from server.usecases.imports.noun import Desk, Noun
from server.usecases.imports.outcome import Outcome, Tally
from server.usecases.imports.rehearsal import Rehearsal
from server.usecases.imports.reps import reps
from server.usecases.imports.tables import Flaw, Row

BATCH = 500
TRIES = 3
_CROSSED = {"23505", "40001", "40P01"}  # PostgreSQL: unique violation, serialization failure, deadlock

# In the order in which files that refer to each other are imported.
NOUNS: dict[str, Callable[[Policy], Noun]] = {
    "reps": reps,
    "clients": clients,
    "contacts": contacts,
    "activities": activities,
    "disbursements": disbursements,
    "notes": notes,
}


@dataclass(frozen=True, slots=True)
class Importer:
    """Where to import to, and under which rules."""

    database: Database
    jobs: JobQueue
    policy: Policy


def import_rows(
    importer: Importer,
    noun: str,
    rows: Iterable[Row | Flaw],
    *,
    rehearsal: Rehearsal | None = None,
    progress: Callable[[int], None] = lambda _rows: None,
) -> Outcome:
    """Bring rows in by what their noun's key is; what is new is created, what differs updated.

    With a `rehearsal` nothing is written and no lock is taken: it is a dry run. `progress` is called after each batch
    with the number of rows so far. Raises NotFound for a noun that there is no bulk file of.
    """
    if noun not in NOUNS:
        raise NotFound
    described = NOUNS[noun](importer.policy)
    tally = Tally()
    batch: list[Entry] = []
    count = 0
    for count, row in enumerate(rows, 1):
        if isinstance(row, Row):
            tally.notice(row, described)
            item = read_entry(row, described.columns, described.key)
        else:
            item = row
        if isinstance(item, Entry):
            batch.append(item)
        else:
            tally.reject([item])
        if len(batch) >= BATCH:
            tally.add(_settle(importer, described, batch, rehearsal))
            batch = []
            progress(count)
    if batch:
        tally.add(_settle(importer, described, batch, rehearsal))
    progress(count)
    return tally.outcome()


def _settle(importer: Importer, noun: Noun, batch: Sequence[Entry], rehearsal: Rehearsal | None) -> Counts:
    database, now = importer.database, datetime.now(UTC)
    if rehearsal is not None:
        with database.reading() as session:
            return settle(Desk(session, importer.jobs, importer.policy, now), noun, batch, rehearsal)
    for tried in range(1, TRIES + 1):
        fresh = [Entry(entry.row, entry.key, dict(entry.given)) for entry in batch]
        try:
            with database.transaction() as session:
                return settle(Desk(session, importer.jobs, importer.policy, now), noun, fresh, None)
        except DBAPIError as error:
            # Somebody else wrote the same rows meanwhile; what they wrote is seen by the next try.
            if tried == TRIES or getattr(error.orig, "sqlstate", None) not in _CROSSED:
                raise
    raise AssertionError
