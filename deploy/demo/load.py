"""Brings the demo company into an empty installation, by the same roads that a real one takes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from deploy.demo.said import RECORDINGS
from deploy.demo.voice_notes import Recording, recorded_at
from deploy.demo.world import World, build
from server.store import people
from server.usecases import notes
from server.usecases.imports.outcome import Outcome
from server.usecases.imports.run import Importer, import_rows
from server.usecases.imports.tables import Row
from server.usecases.notes import Taker, Upload
from server.web.services import Services

Progress = Callable[[str, int, int], None]


def is_empty(services: Services) -> bool:
    """Whether nobody is here yet."""
    with services.database.reading() as session:
        return people.count(session) == 0


def load(services: Services, progress: Progress) -> None:
    """Import the company's tables, then send its recordings as devices would; the jobs do the rest.

    `progress` is called with what is being loaded, how much of it is done, and how much there is.
    """
    now = services.clock()
    world = build(now, ZoneInfo(services.policy.timezone))
    importer = Importer(services.database, services.queue, services.policy)
    for noun, rows in _tables(world):
        outcome = import_rows(importer, noun, _numbered(rows), progress=partial(_of, progress, noun, len(rows)))
        _check(noun, outcome)
    for number, recording in enumerate(RECORDINGS, 1):
        _send(services, recording, recorded_at(world, recording), now)
        progress("recordings", number, len(RECORDINGS))


def _of(progress: Progress, noun: str, total: int, done: int) -> None:
    progress(noun, done, total)


def _tables(world: World) -> Iterator[tuple[str, list[dict[str, str]]]]:
    yield "reps", world.reps
    yield "clients", world.clients
    yield "contacts", world.contacts
    yield "disbursements", world.disbursements
    # What is done needs a note first: the agenda as it was planned, the notes, and then what came of it.
    yield "activities", world.agenda_before_notes()
    yield "notes", world.notes
    yield "activities", world.activities


def _numbered(rows: list[dict[str, str]]) -> Iterator[Row]:
    return (Row(number, dict(values)) for number, values in enumerate(rows, 1))


def _check(noun: str, outcome: Outcome) -> None:
    if outcome.rejected:
        first = outcome.rejected[0]
        msg = f"the demo's own {noun} do not import: row {first.row}, {first.field}: {first.error}"
        raise ValueError(msg)


def _send(services: Services, recording: Recording, at: datetime, now: datetime) -> None:
    fields = {"client": recording.client, "text": recording.text, "recorded_at": at.isoformat()}
    with services.database.reading() as session:
        author = people.by_email(session, recording.rep)
    if author is None:
        msg = f"nobody in the demo is called {recording.rep}"
        raise ValueError(msg)
    with services.blobs.incoming() as incoming:
        incoming.write(recording.path.read_bytes())
        upload = Upload(incoming, incoming.sync(), recording.media_type)
        new = notes.draft(fields, author.zone, now, upload)
        with services.database.transaction() as session:
            taker = Taker(services.queue, services.blobs, services.policy, author)
            notes.take(session, taker, new, upload=upload, key=None)
