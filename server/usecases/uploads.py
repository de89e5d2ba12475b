"""Uploads: created, written to by one request at a time, finished once, given up.

Every request that writes holds the upload under a new generation. Whoever comes later takes it over: what the earlier
one would still commit is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.domain import uploads as rules
from server.domain.devices import Signed
from server.domain.errors import Conflict, KeyReused, Malformed, NotFound, SlowDown, TooLarge
from server.domain.uploads import Upload
from server.store import uploads
from server.store.tables.uploads import UploadRow
from server.store.upload_files import UploadFiles

__all__ = ["Appending", "Claim", "Creation", "Upload", "UploadFiles"]

RETRY_AFTER = 60  # seconds, for a device that has too many


@dataclass(frozen=True, slots=True)
class Creation:
    """What a request says about the upload that it creates.

    fields  those of `POST /notes`
    said    the Upload-Metadata as they came
    type    the media type that is claimed, empty where none is
    key     its Idempotency-Key
    """

    uid: str
    fields: Mapping[str, str]
    type: str
    length: int | None
    said: str = ""
    key: str | None = None

    @property
    def content(self) -> str:
        """Equal when the same key creates the same upload."""
        return rules.content_of(self.fields, self.type, self.length)


@dataclass(frozen=True, slots=True)
class Claim:
    """One request's hold on an upload.

    number  of the file that it writes to
    copies  number of the file whose committed bytes that one has to begin with, where it is a new one: a request that
            died, or that lives in another process, may still write to the old one
    """

    uid: str
    generation: int
    offset: int
    length: int | None
    number: int
    copies: int | None
    fields: Mapping[str, str]
    type: str
    created_at: datetime


def known(session: Session, rep_id: int, creation: Creation) -> Upload | None:
    """The upload that the same key has created before; raises KeyReused if it was of something else."""
    found = uploads.by_key(session, rep_id, creation.key) if creation.key else None
    if found is None:
        return None
    upload, content = found
    if content != creation.content:
        raise KeyReused
    return upload


def check_room(session: Session, device_id: int, now: datetime) -> None:
    """Raises SlowDown for a device that has too many unfinished uploads."""
    if uploads.count_open(session, device_id, now) >= rules.MOST_OPEN:
        raise SlowDown("too-many-uploads", seconds=RETRY_AFTER)


def create(
    session: Session, signed: Signed, creation: Creation, now: datetime, *, size: int = 0, held: bool = False
) -> Upload:
    """A new upload whose first `size` bytes are safe in its file 1, or the one that the same key has created.

    `held` is the first generation's hold on it. Raises SlowDown, KeyReused.
    """
    check_room(session, signed.device_id, now)
    values = _values(signed, creation, now) | {
        "committed": size,
        "file": 1 if size else 0,
        "generation": 1,
        "held": held,
    }
    return _added(session, signed, creation, values)


def create_finished(
    session: Session, signed: Signed, creation: Creation, now: datetime, *, size: int, note_id: int
) -> Upload:
    """An upload that came in one piece and is a note already, or the one that the same key has created."""
    values = _values(signed, creation, now) | {"length": size, "committed": size, "note_id": note_id}
    return _added(session, signed, creation, values)


def _values(signed: Signed, creation: Creation, now: datetime) -> dict[str, Any]:
    return {
        "uid": creation.uid,
        "rep_id": signed.rep.id,
        "device_id": signed.device_id,
        "key": creation.key,
        "content": creation.content,
        "length": creation.length,
        "generation": 0,
        "held": False,
        "file": 0,
        "type": creation.type,
        "fields": dict(creation.fields),
        "said": creation.said,
        "created_at": now,
        "expires_at": now + rules.LASTS,
    }


def _added(session: Session, signed: Signed, creation: Creation, values: Mapping[str, Any]) -> Upload:
    if uploads.add(session, values):
        return Upload(creation.uid, values["committed"], values["length"], values["expires_at"], None, creation.said)
    there = known(session, signed.rep.id, creation)
    if there is None:
        raise Conflict("upload-taken-over")
    return there


def one(session: Session, rep_id: int, uid: str, now: datetime) -> Upload:
    """The rep's upload, or NotFound."""
    upload = uploads.one(session, rep_id, uid, now)
    if upload is None:
        raise NotFound("upload-not-found")
    return upload


@dataclass(frozen=True, slots=True)
class Appending:
    """What a request to go on says: where, how many bytes come, how long the whole is; None where it does not."""

    offset: int
    size: int | None
    length: int | None = None


def claim(session: Session, rep_id: int, uid: str, asked: Appending, now: datetime) -> Claim:
    """Take hold of an upload to write to it, from whoever holds it.

    Raises NotFound, Conflict for another offset or a finished upload, Malformed for another length, TooLarge for more
    than what is missing.
    """
    row = uploads.locked(session, rep_id, uid)
    if row is None or row.expires_at <= now:
        raise NotFound("upload-not-found")
    check_append(row.committed, row.length, asked, note=uploads.note_of(session, row))
    copies = row.file if row.held and row.committed else None
    row.generation += 1
    number = row.generation if row.held or not row.committed else row.file
    row.held = True
    row.length = asked.length if row.length is None else row.length
    row.expires_at = now + rules.LASTS
    return _claim(row, number, copies)


def _claim(row: UploadRow, number: int, copies: int | None) -> Claim:
    return Claim(
        row.uid, row.generation, row.committed, row.length, number, copies, row.fields, row.type, row.created_at
    )


def check_append(committed: int, known: int | None, asked: Appending, *, note: str | None) -> None:
    """Whether a request may go on with an upload that is `known` bytes long, or a `note` already; raises as `claim`."""
    finished: dict[str, object] = {"note": note} if note else {}
    if asked.offset != committed:
        places = {"expected-offset": committed, "provided-offset": asked.offset}
        raise Conflict("wrong-offset", **places, **finished)
    if note:
        raise Conflict("upload-completed", **finished)
    if asked.length is not None and (asked.length < committed or known not in (None, asked.length)):
        raise Malformed("inconsistent-length")
    length = asked.length if known is None else known
    if length is not None and asked.size is not None and committed + asked.size > length:
        raise TooLarge("overflow")


def advance(
    session: Session, held: Claim, offset: int, now: datetime, *, let_go: bool = True, length: int | None = None
) -> None:
    """Commit that the bytes up to `offset` are safe in the claim's file. Raises Conflict if it was taken over."""
    # Without progress the safe bytes stay in the file that somebody else may still write to.
    tainted = held.copies is not None and offset == held.offset
    values: dict[str, Any] = {"held": tainted or not let_go, "expires_at": now + rules.LASTS}
    if offset > held.offset:
        values |= {"committed": offset, "file": held.number}
    if length is not None:
        values["length"] = length
    if not uploads.change(session, held.uid, held.generation, values):
        raise Conflict("upload-taken-over")


def finish(session: Session, held: Claim, size: int, note_id: int, now: datetime) -> None:
    """Say that all is there and has become a note. Raises Conflict if the upload was taken over, or is finished."""
    values = {
        "held": False,
        "committed": size,
        "length": size,
        "note_id": note_id,
        "file": 0,
        "expires_at": now + rules.LASTS,
    }
    if not uploads.change(session, held.uid, held.generation, values):
        raise Conflict("upload-taken-over")


def give_up(session: Session, held: Claim) -> bool:
    """Remove an upload that can never be finished; False if another request has taken it over."""
    return uploads.drop(session, held.uid, held.generation)


def terminate(session: Session, rep_id: int, uid: str, now: datetime) -> None:
    """Remove an upload on its sender's wish, finished or not: the note stays. Raises NotFound."""
    row = uploads.locked(session, rep_id, uid)
    if row is None or row.expires_at <= now:
        raise NotFound("upload-not-found")
    session.delete(row)
