"""Whose note is it? A pure answer from what was said, when it was said, and the rep's day.

Three kinds of evidence, strongest first:

1. what the upload itself says (a client, an activity, the number just called);
2. the rep's agenda: an activity going on when the note was recorded, or just over;
3. the names in the text, among the clients of the rep's portfolio.

Each piece of evidence gives its client a weight between 0 and 1; independent pieces add up as chances do
(1 − ∏(1 − weight)). The best client is linked only when it is probable by itself *and* well ahead of the second:
a doubtful note gets suggestions, never a guess.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from server.domain.activities import Activity, State
from server.domain.clients import Client
from server.domain.evidence import Evidence
from server.domain.names import contains, core, spoken
from server.domain.notes import LinkStatus

LINKED_FROM = 0.8
AHEAD_BY = 0.3
SUGGESTED_FROM = 0.2
SUGGESTIONS = 3

ENOUGH_OF_A_NAME = 0.4
PART_NAMED = (0.55, 0.35, 0.25)  # for one client, two, three that the same words may mean

EARLY = timedelta(minutes=10)
JUST_OVER = timedelta(minutes=45)
SAME_DAY = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Clues:
    """What a note tells. `said_client`, `said_activity`: ids that the rep may see; `text` includes the transcript."""

    recorded_at: datetime
    text: str = ""
    said_client: int | None = None
    said_activity: int | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A client that the note may belong to, with the likeliest activity of that client."""

    client: Client
    activity: Activity | None
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The answer: `best` belongs to the note only where `status` is `linked`."""

    status: LinkStatus
    best: Suggestion | None
    suggestions: tuple[Suggestion, ...]


def link(clues: Clues, agenda: Sequence[Activity], portfolio: Sequence[Client]) -> Link:
    """The link of a note, given the rep's activities around that time and the clients they may see."""
    clients = {client.id: client for client in portfolio}
    day = [activity for activity in agenda if activity.state is not State.CANCELLED and activity.client_id in clients]
    reasons: dict[int, list[Evidence]] = defaultdict(list)
    for client_id, evidence in (*_said(clues, day, clients), *_met(clues, day), *_named(clues, portfolio)):
        reasons[client_id].append(evidence)
    ranked = sorted(
        (_suggestion(clients[client_id], found, clues, day) for client_id, found in reasons.items()),
        key=lambda suggestion: (-suggestion.confidence, suggestion.client.ref),
    )
    return _decided(ranked)


def _decided(ranked: list[Suggestion]) -> Link:
    top = tuple(suggestion for suggestion in ranked[:SUGGESTIONS] if suggestion.confidence >= SUGGESTED_FROM)
    if not top:
        return Link(LinkStatus.UNLINKED, None, ())
    best = top[0]
    second = top[1].confidence if len(top) > 1 else 0.0
    sure = best.confidence >= 1.0 or (best.confidence >= LINKED_FROM and best.confidence - second >= AHEAD_BY)
    return Link(LinkStatus.LINKED if sure else LinkStatus.SUGGESTED, best, top)


def _suggestion(client: Client, found: list[Evidence], clues: Clues, day: Sequence[Activity]) -> Suggestion:
    doubt = 1.0
    for evidence in found:
        doubt *= 1.0 - evidence.weight
    ordered = tuple(sorted(found, key=lambda evidence: -evidence.weight))
    return Suggestion(client, _activity(client, clues, day), round(1.0 - doubt, 3), ordered)


def _said(clues: Clues, day: Sequence[Activity], clients: dict[int, Client]) -> Iterable[tuple[int, Evidence]]:
    for activity in day:
        if activity.id == clues.said_activity:
            yield activity.client_id, Evidence("said-activity", 1.0, _times(activity))
    if clues.said_client in clients and clues.said_client is not None:
        yield clues.said_client, Evidence("said-client", 1.0)
    digits = _digits(clues.phone)
    called = [client.id for client in clients.values() if digits and _digits(client.phone) == digits]
    for client_id in called:
        yield client_id, Evidence("called", 0.9 / len(called))


def _met(clues: Clues, day: Sequence[Activity]) -> Iterable[tuple[int, Evidence]]:
    for activity in day:
        if activity.starts_at <= clues.recorded_at <= activity.ends_at:
            yield activity.client_id, Evidence("during", 0.9, _times(activity))
            continue
        over = clues.recorded_at - activity.ends_at
        if timedelta(0) < over <= JUST_OVER:
            weight = 0.9 - 0.5 * (over / JUST_OVER)
            yield activity.client_id, Evidence("after", weight, _times(activity) | {"minutes": _minutes(over)})
        early = activity.starts_at - clues.recorded_at
        if timedelta(0) < early <= EARLY:
            yield activity.client_id, Evidence("before", 0.3, _times(activity) | {"minutes": _minutes(early)})


def _named(clues: Clues, portfolio: Sequence[Client]) -> Iterable[tuple[int, Evidence]]:
    sentence = spoken(clues.text)
    if not sentence:
        return
    whole = {client.id: name for client in portfolio if (name := _name_in(sentence, client))}
    if whole:
        # “Garage Roy Laval” names that client, and not also “Garage Roy”.
        longest = max(len(core(name)) for name in whole.values())
        whole = {client_id: name for client_id, name in whole.items() if len(core(name)) == longest}
    for client_id, name in whole.items():
        yield client_id, Evidence("named", 0.9 / len(whole), {"name": name})
    if not whole:
        yield from _part_named(frozenset(sentence), portfolio)


def _name_in(sentence: tuple[str, ...], client: Client) -> str | None:
    for name in (client.name, *client.aliases):
        phrase = core(name)
        long_enough = len(phrase) > 1 or len(phrase[0]) > 2 if phrase else False
        if long_enough and contains(sentence, phrase):
            return name
    reference = spoken(client.ref)
    return client.ref if len(client.ref) > 3 and contains(sentence, reference) else None


def _part_named(sentence: frozenset[str], portfolio: Sequence[Client]) -> Iterable[tuple[int, Evidence]]:
    """Those whose names share the most telling words with the text: a word tells more the fewer clients bear it."""
    names = {client.id: frozenset(word for word in core(client.name) if len(word) > 3) for client in portfolio}
    bearers = Counter(word for name in names.values() for word in name)
    telling = {word: log(1 + len(names) / count) for word, count in bearers.items()}
    heard: dict[int, float] = {}
    for client_id, name in names.items():
        found = sum(telling[word] for word in name & sentence)
        if found >= ENOUGH_OF_A_NAME * sum(telling[word] for word in name) > 0:
            heard[client_id] = found
    best = [client_id for client_id, found in heard.items() if found >= 0.95 * max(heard.values())]
    for client_id in best if len(best) <= len(PART_NAMED) else ():
        weight = PART_NAMED[len(best) - 1]
        yield client_id, Evidence("part-named", weight, {"words": " ".join(sorted(names[client_id] & sentence))})


def _activity(client: Client, clues: Clues, day: Sequence[Activity]) -> Activity | None:
    """The client's activity that the note is likeliest about: the one it names, else the latest begun that day."""
    own = [activity for activity in day if activity.client_id == client.id]
    for activity in own:
        if activity.id == clues.said_activity:
            return activity
    begun = [
        activity
        for activity in own
        if activity.starts_at - EARLY <= clues.recorded_at and clues.recorded_at - activity.ends_at <= SAME_DAY
    ]
    return max(begun, key=lambda activity: (activity.starts_at, not activity.noted), default=None)


def _times(activity: Activity) -> dict[str, str]:
    return {
        "kind": activity.kind.value,
        "starts_at": activity.starts_at.isoformat(),
        "ends_at": activity.ends_at.isoformat(),
    }


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


def _digits(phone: str | None) -> str:
    """The last ten digits: the same for E.164 and national forms in North America."""
    found = "".join(mark for mark in phone or "" if mark.isdigit())
    return found[-10:] if len(found) >= 7 else ""
