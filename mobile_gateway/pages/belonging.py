"""Whose a note is, in words, and the clients among which its author can choose."""

from dataclasses import dataclass
from typing import Any, Final

from mobile_gateway.pages.visitors import Visitor
from server.domain import evidence
from server.domain.activities import Activity, State
from server.domain.errors import NotFound
from server.domain.notes import LinkStatus, NoteState
from server.domain.people import Role
from server.usecases import activities, clients
from server.usecases.notes import Shown

MOST_MATCHES: Final = 5


@dataclass(frozen=True, slots=True)
class Belonging:
    """The client of a note, its activity, and why; empty strings where there is none to show."""

    client: str
    name: str
    activity: str
    activity_line: str
    completable: bool
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A client that can be chosen, and what speaks for it."""

    ref: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page offers to choose from; `words` names what kind of choices these are."""

    choices: tuple[Choice, ...]
    words: str


def belonging(visitor: Visitor, shown: Shown) -> Belonging:
    """Whose the note is for sure, as far as the visitor may see it."""
    note = shown.note
    activity = _activity(visitor, shown)
    sure = note.link_status in (LinkStatus.LINKED, LinkStatus.CONFIRMED)
    return Belonging(
        client=shown.client or "",
        name=shown.client_name or "",
        activity=activity.ref if activity else "",
        activity_line=_line(visitor, activity) if activity else "",
        completable=activity is not None and activity.state is State.PLANNED,
        why=_why(visitor, note.evidence) if sure else "",
    )


def may_choose(visitor: Visitor, shown: Shown) -> bool:
    """Whether the visitor may say whose the note is: its author, or a manager."""
    return shown.rep == visitor.rep.email or visitor.rep.has(Role.MANAGER)


def choices(visitor: Visitor, shown: Shown, asked: str) -> Offered:
    """The clients that fit a name; without one those that linking suggests, besides the one that it has chosen."""
    if asked:
        with visitor.services.database.reading() as session:
            matches = clients.find(session, visitor.rep, visitor.policy, asked, MOST_MATCHES)
        found = (match.client for match in matches)
        listed = tuple(Choice(client.ref, ", ".join(filter(None, (client.name, client.city))), "") for client in found)
        return Offered(listed, "matches" if listed else "no-client-fits")
    note = shown.note
    if note.link_status == LinkStatus.CONFIRMED or note.state == NoteState.RECEIVED:
        return Offered((), "")
    suggested = tuple(
        Choice(suggestion["client"], _told_apart(suggestion), _why(visitor, suggestion["evidence"]))
        for suggestion in note.suggestions
        if suggestion["client"] != shown.client
    )
    return Offered(suggested, "likely" if suggested else "")


def _activity(visitor: Visitor, shown: Shown) -> Activity | None:
    if shown.activity is None:
        return None
    try:
        with visitor.services.database.reading() as session:
            return activities.one(session, visitor.rep, visitor.policy, shown.activity)
    except NotFound:
        return None


def _line(visitor: Visitor, activity: Activity) -> str:
    phrases = visitor.phrases
    day, time = phrases.day(activity.starts_at, visitor.today), phrases.time(activity.starts_at)
    return f"{phrases.word(activity.kind)} {day} {time}, {phrases.word(activity.state)}"


def _why(visitor: Visitor, reasons: list[dict[str, Any]]) -> str:
    language, zone = visitor.rep.language, visitor.rep.zone
    return "; ".join(evidence.in_words(reason, language, zone) for reason in reasons)


def _told_apart(suggestion: dict[str, Any]) -> str:
    # Two clients of one name differ by their city.
    return ", ".join(filter(None, (suggestion["name"], suggestion.get("city"))))
