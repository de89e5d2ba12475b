"""Lists of the visitor's own notes, among them those of which nobody knows for sure whose they are."""

from typing import Final

from sqlalchemy.orm import Session

from mobile_gateway.pages.visitors import Visitor
from mobile_gateway.pages.words import word
from server.domain.notes import LinkStatus, NoteState
from server.usecases import notes
from server.usecases.notes import Shown

MOST_COUNTED: Final = 20


def undecided(session: Session, visitor: Visitor, before: int | None, limit: int) -> list[Shown]:
    """Notes that only have suggestions, or not even these, the last recorded first."""
    doubtful: list[Shown] = []
    for status in (LinkStatus.SUGGESTED, LinkStatus.UNLINKED):
        doubtful += notes.listed(session, visitor.rep, visitor.policy, link=status, before=before, limit=limit)
    doubtful.sort(key=lambda shown: (shown.note.recorded_at, shown.note.id), reverse=True)
    return doubtful[:limit]


def undecided_in_words(visitor: Visitor) -> str:
    """How many notes wait for the visitor to say whose they are; empty when none does."""
    with visitor.services.database.reading() as session:
        found = undecided(session, visitor, None, MOST_COUNTED + 1)
    # What is still being worked on may turn out to be clear.
    count = sum(shown.note.state != NoteState.RECEIVED for shown in found)
    language = visitor.rep.language
    if count <= 1:
        return word(language, "which-client-1") if count else ""
    return word(language, "which-client", count=f"{MOST_COUNTED}+" if count > MOST_COUNTED else count)
