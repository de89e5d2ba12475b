"""The import as a whole: batches, crashes, dry runs, and what is told."""

import io
import json
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from server.domain.errors import Invalid, NotFound
from server.domain.policy import Policy
from server.store import clients as stored_clients
from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.notes import NoteRow
from server.usecases.imports import Importer, Rehearsal, import_rows, outcome
from server.usecases.imports.run import BATCH
from server.usecases.imports.tables import Flaw, Kind, Media, Row, read
from tests.server.conftest import RememberingQueue
from tests.server.usecases.imports.conftest import CLIENTS, REPS, Import, csv, figures, on_sqlite, refusals


def numbered(count: int) -> Iterator[Row]:
    """So many new clients."""
    for number in range(count):
        yield Row(number + 2, {"ref": f"N{number}", "name": f"Client {number}"})


def how_many(database: Database) -> int:
    """Clients that are there."""
    with database.reading() as session:
        return stored_clients.count(session)


class PowerCut(Exception):
    """The end of the process, as far as the import is concerned."""


def test_a_crash_leaves_whole_batches_and_the_same_file_completes_it(database: Database, importer: Importer) -> None:
    """What was there counts as unchanged."""

    def cut() -> Iterator[Row]:
        yield from list(numbered(2 * BATCH + 10))
        raise PowerCut

    with pytest.raises(PowerCut):
        import_rows(importer, "clients", cut())
    assert how_many(database) == 2 * BATCH
    assert figures(import_rows(importer, "clients", numbered(2 * BATCH + 10))) == (10, 0, 2 * BATCH, 0)


def test_a_batch_that_fails_leaves_nothing_of_itself(database: Database, known: Import) -> None:
    """Not the notes that were written before the one whose job could not be put."""

    class FailingQueue(RememberingQueue):
        def put(self, session: object, job: object) -> None:
            if len(self.jobs) == 2:
                raise PowerCut
            super().put(session, job)  # type: ignore[arg-type]

    known("reps", REPS)
    rows = [Row(n, {"ref": f"N{n}", "rep": "annie@calepin.example", "text": "x"}) for n in range(5)]
    importer = Importer(database, FailingQueue(), Policy())
    with pytest.raises(PowerCut):
        import_rows(importer, "notes", rows)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(NoteRow)) == 0


def test_a_dry_run_counts_alike_and_writes_nothing(
    database: Database, bring_in: Import, queue: RememberingQueue
) -> None:
    """Also where a file repeats itself across batches, and where it refers to an earlier file of the same run."""
    many = [f"N{number},New,,,,,,,,,," for number in range(BATCH + 50)]
    files = [
        ("reps", REPS),
        ("clients", CLIENTS + csv(*many, "N0,New,,,,,,,,,,", "N1,Other,,,,,,,,,,", "C1,,,,,,,,,,,")),
        ("contacts", csv("client,name", "C1,Luc", "N7,Luc", "X,Luc")),
        (
            "activities",
            csv(
                "ref,rep,client,starts_at,state,result",
                "A1,annie@calepin.example,C1,2026-07-01 10:00,done,Fait",
                "A2,annie@calepin.example,C1,2026-07-01 10:00,done,",
            ),
        ),
        ("disbursements", csv("ref,client,date,amount", "D1,C1,2026-01-01,1", "D1,C1,2026-01-01,2")),
        ("notes", csv("ref,rep,text,client,activity", "N1,annie@calepin.example,x,C1,A1", "N2,who@x.example,x,,")),
    ]
    rehearsal = Rehearsal()
    rehearsed = [bring_in(noun, text, rehearsal=rehearsal) for noun, text in files]
    assert (how_many(database), queue.jobs) == (0, [])
    played = [bring_in(noun, text) for noun, text in files]
    assert [figures(one) for one in rehearsed] == [figures(one) for one in played]
    assert [refusals(one) for one in rehearsed] == [refusals(one) for one in played]
    assert figures(played[1]) == (BATCH + 52, 1, 1, 1)
    again = Rehearsal()
    assert [figures(bring_in(noun, text, rehearsal=again))[0] for noun, text in files] == [0] * 6


@on_sqlite
def test_every_format_brings_in_the_same(bring_in: Import, importer: Importer) -> None:
    """One table, four ways to write it down."""
    bring_in("reps", REPS)
    header, *lines = [line.split(",") for line in CLIENTS.splitlines()]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    assert figures(bring_in("clients", CLIENTS)) == (2, 0, 0, 0)
    array, ndjson = json.dumps(rows), "\n".join(json.dumps(row) for row in rows)
    for text, kind in ((array, Kind.JSON), (ndjson, Kind.NDJSON), (CLIENTS.replace(",", ";"), Kind.CSV)):
        found = import_rows(importer, "clients", read(io.BytesIO(text.encode()), Media(kind)))
        assert figures(found) == (0, 0, 2, 0)


@on_sqlite
def test_unknown_columns_are_told_once_and_are_not_fatal(bring_in: Import) -> None:
    """However many rows have them; columns without a name are not worth a word."""
    found = bring_in("clients", csv("ref,name,Colour,Taille,", "C1,One,red,,x", "C2,Two,blue,,"))
    assert (figures(found), found.unknown_columns) == ((2, 0, 0, 0), ("colour", "taille"))


@on_sqlite
def test_rows_that_cannot_be_read_are_told_among_the_others(bring_in: Import) -> None:
    """In the order of the file."""
    found = bring_in("clients", csv("ref,name", "C1,One", "C2,a,b", ",Three", 'C4,"open', "C5,Five"))
    assert figures(found) == (1, 0, 0, 3)
    assert refusals(found) == [(3, "", "row-too-wide"), (4, "ref", "cell-empty"), (5, "", "quote-open")]


@on_sqlite
def test_of_many_rejected_rows_the_first_are_told(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """And all are counted, so that a wrong file does not fill the memory."""
    monkeypatch.setattr(outcome, "MOST_TOLD", 5)
    flaws = [Flaw(number, Invalid("json-broken")) for number in range(1, 21)]
    found = import_rows(importer, "clients", flaws)
    assert (found.rejected_count, [rejected.row for rejected in found.rejected]) == (20, [1, 2, 3, 4, 5])


@on_sqlite
def test_progress_is_told_after_each_batch(importer: Importer) -> None:
    """And at the end."""
    told: list[int] = []
    import_rows(importer, "clients", numbered(2 * BATCH + 1), progress=told.append)
    assert told == [BATCH, 2 * BATCH, 2 * BATCH + 1]


@on_sqlite
def test_a_noun_without_a_bulk_file_is_not_found(importer: Importer) -> None:
    """Like anything else that does not exist."""
    with pytest.raises(NotFound):
        import_rows(importer, "unicorns", [])


@on_sqlite
def test_a_dry_run_waits_for_no_writer(importer: Importer) -> None:
    """Another's transaction may be open all the while."""
    with importer.database.transaction():
        assert import_rows(importer, "clients", numbered(3), rehearsal=Rehearsal()).created == 3


def test_two_imports_at_once_both_end(database: Database, importer: Importer) -> None:
    """Each row is there once, whoever wrote it first."""
    outcomes: list[tuple[int, int, int, int]] = []

    def bring() -> None:
        outcomes.append(figures(import_rows(importer, "clients", numbered(3 * BATCH))))

    threads = [threading.Thread(target=bring) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found[0] for found in outcomes) == 3 * BATCH == how_many(database)
    assert sum(sum(found) for found in outcomes) == 9 * BATCH
    with database.reading() as session:
        assert set(session.scalars(select(ClientRow.version))) == {0}
