"""Notes by mail: one for each recording, or one of the words alone."""

import hashlib
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from mobile_gateway.intake.recording import RecordingWriter
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer, answerable, reply_subject
from mobile_gateway.mail.layout import said
from server.domain.errors import TooLarge
from server.domain.mails import FaultKind
from server.domain.names import words
from server.domain.notes import Draft, Recorded
from server.domain.times import corrected
from server.usecases import notes, receipts
from server.usecases.notes import Upload

OLDEST_BELIEVED: Final = timedelta(days=365)  # beyond it, a device's clock was never set
LONGEST_TYPE: Final = 100
LEFT_OUT: Final = frozenset(
    {
        FaultKind.TOO_LARGE,
        FaultKind.TOO_MANY_PARTS,
        FaultKind.TOO_DEEP,
        FaultKind.TOO_MANY_RECORDINGS,
        FaultKind.TOO_MUCH_DECODED,
        FaultKind.BAD_TNEF,
    }
)

_FORWARDED: Final = re.compile(r"\s*(?:(?:fwd?|tr|wg)\s*:\s*)+", re.IGNORECASE)
_REPLY: Final = re.compile(r"\s*(?:re|aw|sv|ref)\s*:", re.IGNORECASE)
# What phones and mail programs write when nobody wrote anything.
_TELLS_NOTHING: Final = frozenset(
    (
        "|note|notes|memo|voice|audio|recording|voice note|voice memo|voice message|voice recording|new recording|"
        "no subject|none|note vocale|memo vocal|message vocal|enregistrement|nouvel enregistrement|sans objet"
    ).split("|")
)


@dataclass(frozen=True, slots=True)
class Spooled:
    """The recordings of a mail, synced in temporary files, and what is wrong with those and others, in words."""

    uploads: tuple[Upload, ...]
    trouble: tuple[str, ...]


def spool(case: Case, stack: ExitStack) -> Spooled:
    """Write the recordings to files that are gone when the stack ends, unless they were kept. Raises OSError."""
    blobs = case.parts.services.blobs
    uploads: list[Upload] = []
    trouble: list[str] = []
    for recording in case.mail.recordings:
        name = recording.name or case.word("unnamed")
        if not recording.data:
            trouble.append(case.word("empty", name=name))
            continue
        incoming = stack.enter_context(blobs.incoming())
        writer = RecordingWriter(incoming, case.parts.services.policy, recording.type[:LONGEST_TYPE])
        try:
            writer.write(recording.data)
        except TooLarge as error:
            trouble.append(case.word("too-large", name=name, limit=error.values["limit"]))
            continue
        if recording.damaged:
            trouble.append(case.word("damaged", name=name))
        uploads.append(writer.finish())
    kinds = {fault.kind for fault in case.mail.faults}
    trouble += [case.word("empty", name=case.word("unnamed"))] if FaultKind.EMPTY_RECORDING in kinds else []
    trouble += [case.word("left-out")] if kinds & LEFT_OUT else []
    return Spooled(tuple(uploads), tuple(trouble))


def take(session: Session, case: Case, spooled: Spooled) -> Answer | None:
    """A note for each recording, each with the words of the mail; an answer only where something went wrong.

    Where no recording can be taken, the words are a note of their own.
    """
    for upload in spooled.uploads:
        recorded = Recorded(upload.kept.sha256, upload.kept.bytes, upload.type)
        _keep(session, case, _draft(case, recorded), upload)
    if not spooled.uploads and words_of(case) and not case.by_machine:
        take_words(session, case)
    return _trouble(case, spooled.trouble)


def take_words(session: Session, case: Case) -> Answer | None:
    """A note of the words alone, the same one however often the mail comes; an answer where there are none."""
    identity = case.mail.message_id or case.received.blob
    digest = hashlib.sha256(f"{case.person.id} {identity}".encode("utf-8", "surrogatepass")).hexdigest()
    draft = _draft(case, None, f"mail-{digest[:32]}")
    if not draft.text:
        return Answer(
            reply_subject(case, "your-mail"),
            said(case.word("nothing"), case.word("help-text", address=case.parts.address)),
        )
    _keep(session, case, draft, None)
    return None


def _keep(session: Session, case: Case, draft: Draft, upload: Upload | None) -> None:
    added = notes.take(session, case.taker, draft, upload=upload, key=None)
    if added.created and case.parts.relay and not case.by_machine:
        receipts.owe(session, added.id, answerable(case), case.now)


def _trouble(case: Case, sentences: Sequence[str]) -> Answer | None:
    return Answer(case.word("your-note"), said(*dict.fromkeys(sentences))) if sentences else None


def words_of(case: Case) -> str:
    """The subject, where the sender wrote one, and what they wrote below it."""
    subject = _FORWARDED.sub("", case.mail.subject, count=1).strip()
    if _REPLY.match(subject) or " ".join(words(subject)) in _TELLS_NOTHING:
        subject = ""
    body = case.mail.own_text.strip()
    if subject and body.startswith(subject):
        subject = ""
    return "\n".join(filter(None, (subject, body)))[: notes.LONGEST_TEXT]


def _draft(case: Case, recorded: Recorded | None, ref: str | None = None) -> Draft:
    received_at, said_at = case.received.received_at, case.mail.date
    believed = said_at is not None and received_at - OLDEST_BELIEVED <= said_at <= received_at
    return Draft(
        recorded_at=corrected(said_at if believed else None, None, received_at),
        received_at=received_at,
        recording=recorded,
        text=words_of(case),
        ref=ref,
        clock_given=believed,
    )
