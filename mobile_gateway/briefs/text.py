"""The brief as plain text."""

from collections.abc import Iterator

from server.domain.brief_text import Entry, lay_out, shorten
from server.domain.briefs import ActivityLine, Brief, Figures, NoteLine
from server.web.phrases import Phrases


def text(brief: Brief, phrases: Phrases) -> str:
    """At most 1,024 bytes of UTF-8 in lines of at most 40 characters, in the reader's language and zone."""
    return lay_out(list(_facts(brief, phrases)), [_entry(note, brief, phrases) for note in brief.notes])


def _facts(brief: Brief, phrases: Phrases) -> Iterator[str]:
    client = brief.client
    yield shorten(client.name)
    category = f"{phrases.word('category')} {client.category}" if client.category else ""
    status = phrases.word(client.status) if client.status else ""
    yield " · ".join(filter(None, (category, status, client.manager or "")))
    yield " · ".join(filter(None, (client.city, client.phone)))
    for figures in brief.figures[:2]:
        yield from figure_lines(figures, brief, phrases)
    for key, activity in (("last", brief.last_activity), ("next", brief.next_activity)):
        if activity:
            yield f"{phrases.word(key)}: {activity_line(activity, brief, phrases)}"
    if not brief.notes:
        yield phrases.word("no-notes")


def figure_lines(figures: Figures, brief: Brief, phrases: Phrases) -> Iterator[str]:
    """This year with its change, last year to the same day, and the last amount: a line each."""
    year = figures.as_of.year
    change = f" ({phrases.percent(figures.change)})" if figures.change is not None else ""
    this_year = phrases.word("this-year").format(year=year)
    yield f"{this_year}: {phrases.money(figures.money(figures.this_year))}{change}"
    if figures.last_year_to_date:
        last_year = phrases.word("last-year").format(year=year - 1, day=phrases.day(figures.as_of))
        yield f"{last_year}: {phrases.money(figures.money(figures.last_year_to_date))}"
    if figures.last_date is not None and figures.last_amount is not None:
        day = phrases.day(figures.last_date, phrases.today(brief.generated_at))
        yield f"{phrases.word('last-amount')}: {phrases.money(figures.money(figures.last_amount))}, {day}"


def activity_line(activity: ActivityLine, brief: Brief, phrases: Phrases) -> str:
    """Kind, day, time and subject of an activity."""
    day = phrases.day(activity.starts_at, phrases.today(brief.generated_at))
    return f"{phrases.word(activity.kind)} {day} {phrases.time(activity.starts_at)} {activity.subject}".rstrip()


def note_heading(note: NoteLine, brief: Brief, phrases: Phrases) -> str:
    """When and by whom a note was made, and for a recording how long it is: “voice, 0:42”."""
    day = phrases.day(note.at, phrases.today(brief.generated_at))
    length = f", {phrases.length(note.seconds)}" if note.seconds else ""
    voice = f", {phrases.word('voice')}{length}" if note.kind == "voice" else ""
    return f"{day} {phrases.time(note.at)} {note.by}{voice}"


def _entry(note: NoteLine, brief: Brief, phrases: Phrases) -> Entry:
    return Entry(note_heading(note, brief, phrases), note.text or (f"/m/notes/{note.id}" if note.audio else ""))
