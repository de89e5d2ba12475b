"""The port through which work is put into the durable queue, in the transaction of the fact that asks for it."""

from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy.orm import Session

NOTES: Final = "notes"
RENDITIONS: Final = "renditions"
MAILS: Final = "mails"
QUEUES: Final = (NOTES, RENDITIONS, MAILS)


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

    def prepare(self) -> None:
        """Do now what the first `put` would otherwise wait for."""

    def put(self, session: Session, job: Job, *, new: bool = False) -> None:
        """Record the job in the session's own transaction: it exists if and only if that commits.

        `new` says that nobody can have put this key before, which is cheaper.
        """


def process_note(uid: str, revision: str = "") -> Job:
    """Decode the note's recording, link it, and bring the brief up to date.

    A note that was changed, and has to go through it once more, needs a `revision` that no earlier job of it had.
    """
    return Job("process_note", f"note-{uid}-{revision}" if revision else f"note-{uid}", uid)


def render(sha256: str, rendition: str) -> Job:
    """Make another rendition (`aac`, `mp3`, `amr`) of a recording."""
    return Job("render", f"render-{sha256}-{rendition}", f"{sha256}.{rendition}", RENDITIONS)


def handle_mail(uid: str) -> Job:
    """Read a mail that came in, and do what it wants."""
    return Job("handle_mail", f"mail-{uid}", uid, MAILS)


def send_mail(uid: str) -> Job:
    """Hand a mail of ours to the next server."""
    return Job("send_mail", f"send-{uid}", uid, MAILS)
