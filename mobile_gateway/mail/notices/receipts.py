"""Receipts: what became of a note that came by mail, or which of three clients it is about."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy.orm import Session

from mobile_gateway.mail import words
from mobile_gateway.mail.layout import numbered, said
from mobile_gateway.mail.parts import MailParts
from server.domain import failures
from server.domain.errors import NotFound
from server.domain.evidence import in_words
from server.domain.letters import Letter, Receipt
from server.domain.notes import LinkStatus
from server.usecases import mails, notes, receipts
from server.usecases.notes import Shown
from server.usecases.receipts import Owed
from server.web.phrases import phrases

AT_ONCE: Final = 100
CHOICES: Final = 3
SURE: Final = frozenset({LinkStatus.LINKED, LinkStatus.CONFIRMED})


def write_receipts(parts: MailParts) -> int:
    """Write the receipts whose notes are done with, as far as their senders want them; how many were settled."""
    services = parts.services
    with services.database.reading() as session:
        owed = receipts.settled(session, services.clock(), AT_ONCE)
    for each in owed:
        _settle(parts, each)
    return len(owed)


def _settle(parts: MailParts, owed: Owed) -> None:
    services = parts.services
    now = services.clock()
    with services.database.transaction() as session:
        if not receipts.give(session, owed.note_id):
            return
        note = _note(session, parts, owed)
        if note is None or not _wanted(owed.wanted, note):
            return
        text, choices = _told(parts, owed, note)
        letter = Letter(
            key=f"receipt-{owed.note_uid}",
            rep_id=owed.person.id,
            recipient=owed.person.email,
            subject=_word(owed, note)("your-note-of"),
            text=text,
            in_reply_to=owed.in_reply_to,
        )
        uid = mails.send(session, services.queue, letter, now)
        if uid is not None and choices:
            mails.ask(session, uid, owed.person.id, "link", owed.note_uid, choices)


def _note(session: Session, parts: MailParts, owed: Owed) -> Shown | None:
    try:
        return notes.one(session, owed.person, parts.services.policy, owed.note_uid)
    except NotFound:
        return None


def _wanted(wish: str, note: Shown) -> bool:
    trouble = bool(note.note.failure) or note.note.link_status not in SURE
    return wish == Receipt.ALWAYS or (wish == Receipt.TROUBLE and trouble)


def _told(parts: MailParts, owed: Owed, note: Shown) -> tuple[str, list[dict[str, Any]]]:
    """The text, and what its numbers stand for."""
    word = _word(owed, note)
    person, row = owed.person, note.note
    failure = failures.in_words(row.failure, person.language)
    trouble = [word("note-failed", reason=failure)] if failure else []
    if row.link_status in SURE:
        reasons = [in_words(each, person.language, person.zone) for each in row.evidence]
        return said(*trouble, word("linked", client=note.client_name or "?"), "\n".join(reasons)), []
    suggested = row.suggestions[:CHOICES]
    address = f"{parts.services.public_url}/m/notes/{row.uid}"
    if not suggested:
        return said(*trouble, word("note-unlinked", url=address)), []
    listed = numbered([", ".join(filter(None, (one["name"], one.get("city")))) for one in suggested])
    return f"{said(*trouble, word('note-of-whom'))}\n{listed}\n", [_choice(one) for one in suggested]


def _choice(suggestion: dict[str, Any]) -> dict[str, Any]:
    return {name: suggestion[name] for name in ("client", "activity") if suggestion.get(name)}


def _word(owed: Owed, note: Shown) -> Callable[..., str]:
    written = phrases(owed.person.language, owed.person.timezone)
    when = written.time(note.note.recorded_at)

    def word(key: str, **values: object) -> str:
        return words.word(owed.person.language, key, time=when, **values)

    return word
