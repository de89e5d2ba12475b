"""The brief as a small HTML page."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from mobile_gateway.briefs.text import activity_line, figure_lines, note_heading
from mobile_gateway.markup import ROOMS, Room, cut, fitting, render
from server.domain.briefs import ActivityLine, Brief
from server.web.phrases import Phrases

MOST_CURRENCIES: Final = 3

LISTEN: Final = {"en": "Listen", "fr": "Écouter"}


def html(brief: Brief, phrases: Phrases) -> str:
    """A whole page without a script, at most 4 KB, in the reader's language and zone; it prints well, too."""
    return fitted(brief, phrases, lambda values: render("brief.html", record=None, **values))


def fitted(brief: Brief, phrases: Phrases, draw: Callable[[dict[str, Any]], str]) -> str:
    """The page that `draw` makes of what `brief_body.html` shows, cut so that it is at most 4 KB."""
    return fitting(lambda room: draw(_shown(brief, phrases, room)), ROOMS)


def _shown(brief: Brief, phrases: Phrases, room: Room) -> dict[str, Any]:
    return {
        "client": brief.client,
        "facts": [cut(fact, room.name) for fact in _facts(brief, phrases)],
        "figures": [line for each in brief.figures[:MOST_CURRENCIES] for line in figure_lines(each, brief, phrases)],
        "activities": list(_activities(brief, phrases)),
        "notes": [(note, note_heading(note, brief, phrases), cut(note.text, room.text)) for note in brief.notes],
        "listen": LISTEN[phrases.language],
        "room": room,
        "p": phrases,
    }


def _facts(brief: Brief, phrases: Phrases) -> Iterator[str]:
    client = brief.client
    if client.category:
        yield f"{phrases.word('category')} {client.category}"
    if client.status:
        yield phrases.word(client.status)
    if client.manager:
        yield client.manager


def _activities(brief: Brief, phrases: Phrases) -> Iterator[tuple[str, str]]:
    around: tuple[tuple[str, ActivityLine | None], ...] = (("last", brief.last_activity), ("next", brief.next_activity))
    for key, activity in around:
        if activity:
            yield phrases.word(key), activity_line(activity, brief, phrases)
