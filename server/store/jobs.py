"""The port through which work is put into the durable queue, in the transaction of the fact that asks for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, Protocol

from sqlalchemy import ColumnElement, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server.store.dialects import insert_for
from server.store.tables.jobs import JobRow

NOTES: Final = "notes"
HISTORY: Final = "history"
RENDITIONS: Final = "renditions"
MAILS: Final = "mails"
SENDING: Final = "sending"
SPEECH: Final = "speech"
QUEUES: Final = (NOTES, HISTORY, RENDITIONS, MAILS, SENDING, SPEECH)


@dataclass(frozen=True, slots=True)
class Job:
    """Work for later. Two jobs with the same key are one; `argument` is an id, never content.

    Jobs of one `queue` wait for each other only; its name is written in the database.
    """

    name: str
    key: str
    argument: str
    queue: str = NOTES


class JobQueue(Protocol):
    """Where jobs are put."""

    def put(self, session: Session, job: Job) -> None:
        """Record the job in the session's own transaction: it exists if and only if that commits."""


class Outbox:
    """The `JobQueue` of whoever asks for work: a row of ours, which a worker moves to its durable queue at once.

    A job with the same key that is still here is one; one that has gone on is asked for again.
    """

    def put(self, session: Session, job: Job) -> None:
        """Record the job in the session's own transaction: it exists if and only if that commits."""
        values = {"key": job.key, "name": job.name, "argument": job.argument, "queue": job.queue}
        statement = _put(session.get_bind().dialect.name)
        session.connection().execute(statement, values | {"put_at": datetime.now(UTC)})


@lru_cache
def _put(dialect: str) -> sqlite.Insert | postgresql.Insert:
    # Built once, as it goes with every note.
    return insert_for(dialect, JobRow).on_conflict_do_nothing(index_elements=["key"])


def asked_for(session: Session, limit: int) -> list[Job]:
    """The jobs that wait to be taken up, the longest first, and those of an imported past after all others."""
    live = _asked_for(session, JobRow.queue != _PAST, limit)
    if len(live) == limit:
        return live
    return live + _asked_for(session, JobRow.queue == _PAST, limit - len(live))


# In the statement itself, so that the partial index of the live ones can be used.
_PAST: Final = literal(HISTORY, literal_execute=True)


def _asked_for(session: Session, condition: ColumnElement[bool], limit: int) -> list[Job]:
    query = select(JobRow.name, JobRow.key, JobRow.argument, JobRow.queue).where(condition)
    rows = session.execute(query.order_by(JobRow.put_at).limit(limit))
    return [Job(row.name, row.key, row.argument, row.queue) for row in rows]


def still_asked_for(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that no worker has taken up yet."""
    return set(session.scalars(select(JobRow.key).where(JobRow.key.in_(keys))))


def taken_up(session: Session, job: Job) -> bool:
    """Take a job off the list; False if another worker has done so meanwhile."""
    result = session.execute(delete(JobRow).where(JobRow.key == job.key).returning(JobRow.key))
    return result.one_or_none() is not None


def process_note(uid: str, revision: str = "", queue: str = NOTES) -> Job:
    """Decode the note's recording, link it, and bring the brief up to date.

    A note that was changed, and has to go through it once more, needs a `revision` that no earlier job of it had. Notes
    of an imported past go into the queue HISTORY, so that today's do not wait for them.
    """
    return Job("process_note", f"note-{uid}-{revision}" if revision else f"note-{uid}", uid, queue)


def render(sha256: str, rendition: str) -> Job:
    """Make another rendition (`aac`, `mp3`, `amr`) of a recording."""
    return Job("render", f"render-{sha256}-{rendition}", f"{sha256}.{rendition}", RENDITIONS)


def transcribe(uid: str) -> Job:
    """Write down what is said in a note's recording. It takes long, so no note waits for it to be processed."""
    return Job("transcribe", f"speech-{uid}", uid, SPEECH)


def handle_mail(uid: str) -> Job:
    """Read a mail that came in, and do what it wants."""
    return Job("handle_mail", f"mail-{uid}", uid, MAILS)


def send_mail(uid: str) -> Job:
    """Hand a mail of ours to the next server. A server that does not answer makes no mail wait that comes in."""
    return Job("send_mail", f"send-{uid}", uid, SENDING)


def send_push(uid: str) -> Job:
    """Tell a rep's phones something."""
    return Job("send_push", f"push-{uid}", uid, SENDING)
