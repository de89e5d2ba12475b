"""Whose note is it? A pure answer from what was said, when it was said, and the rep's day.

One question is asked of every client of the portfolio: how probable is this note, if it is about that client? Three
kinds of evidence answer it, independent of one another, as logarithms of chances that add up:

1. **where and when** (`agenda_odds`): a meeting going on or just over, the others of that day, the rest of the
   portfolio; a number just called; what the upload itself says;
2. **what is named** (`mentions`): names in whole or in part, as they are or as they sound, contacts, cities;
3. **what is not**: a note that names nobody is about whoever was just visited, or about nobody.

Besides the clients, two more answers compete: a company outside the portfolio, and nobody at all. Bayes' rule makes
probabilities of it. The best client is linked only when its probability is above a threshold that was set for
precision; a doubtful note gets suggestions, never a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import exp, log
from typing import Final

from server.domain import agenda_odds
from server.domain.activities import Activity, State
from server.domain.agenda_odds import Setting
from server.domain.clients import Client
from server.domain.evidence import Evidence
from server.domain.hits import EXPLAINED
from server.domain.mentions import CITY_SAID, DENIED, IN_PART, NAMED, OTHER_CITY_SAID, Heard, Mention, listen
from server.domain.name_index import NameIndex, index
from server.domain.names import words
from server.domain.notes import LinkStatus
from server.domain.phonetics import nearest_within, sound

LINKED_FROM: Final = 0.85
SUGGESTED_FROM: Final = 0.1
WORTH_SHOWING: Final = 0.005
SUGGESTIONS: Final = 3
MOST_HIDDEN: Final = 20

UNNAMED: Final = {Setting.NOW: 0.35, Setting.DAY: 0.03, Setting.ELSE: 0.004}
NOT_MADE_OUT: Final = (0.005, 0.1, 0.2)  # named, but not to be recognised; with no, one, more unknown words in the note
UNKNOWN_WORDS: Final = (1.0, 0.5, 0.25)  # in a note that names nobody
IN_PART_ELSEWHERE: Final = log(0.06)
OWN_PART_ELSEWHERE: Final = log(0.35)
OUTSIDER_NAMED: Final = log(0.5)


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
    """The answer: `best` belongs to the note only where `status` is `linked`.

    What is `unlinked` may have suggestions, too: none is likely, but a rep who looks for the client has them at hand.
    """

    status: LinkStatus
    best: Suggestion | None
    suggestions: tuple[Suggestion, ...]


def link(clues: Clues, agenda: Sequence[Activity], portfolio: Sequence[Client] | NameIndex) -> Link:
    """The link of a note, given the rep's activities around that time and the clients they may see, or their index."""
    names = portfolio if isinstance(portfolio, NameIndex) else index(portfolio)
    day = [each for each in agenda if each.state is not State.CANCELLED and each.client_id in names.clients]
    said = agenda_odds.said(clues.said_client, clues.said_activity, day, names.clients)
    if said is not None:
        client_id, evidence = said
        sure = Suggestion(names.clients[client_id], _activity(client_id, clues, day), 1.0, (evidence,))
        return Link(LinkStatus.LINKED, sure, (sure,))
    heard = listen(clues.text, names, frozenset(each.client_id for each in day))
    scores, evidence_of = _scores(clues, day, names, heard)
    return _decided(scores, evidence_of, clues, day, names)


def _decided(
    scores: dict[int | None, float],
    evidence_of: dict[int, tuple[Evidence, ...]],
    clues: Clues,
    day: Sequence[Activity],
    names: NameIndex,
) -> Link:
    highest = max(scores.values())
    total = sum(exp(score - highest) for score in scores.values())
    chances = {client_id: exp(score - highest) / total for client_id, score in scores.items() if client_id is not None}
    ranked = sorted(chances, key=lambda client_id: (-chances[client_id], names.clients[client_id].ref))
    top = tuple(
        Suggestion(
            names.clients[client_id],
            _activity(client_id, clues, day),
            round(chances[client_id], 3),
            tuple(replace(each, weight=round(chances[client_id], 3)) for each in evidence_of[client_id]),
        )
        for client_id in ranked[:SUGGESTIONS]
        if chances[client_id] >= WORTH_SHOWING and client_id in evidence_of
    )
    if not top or top[0].confidence < SUGGESTED_FROM:
        return Link(LinkStatus.UNLINKED, None, top)
    sure = top[0].confidence >= LINKED_FROM
    return Link(LinkStatus.LINKED if sure else LinkStatus.SUGGESTED, top[0], top)


def _scores(
    clues: Clues, day: Sequence[Activity], names: NameIndex, heard: Heard
) -> tuple[dict[int | None, float], dict[int, tuple[Evidence, ...]]]:
    """The logarithm of prior × likelihood of every client, up to a constant, with the reasons for those that have any.

    None stands for all other answers: nobody, a company outside the portfolio, and the clients that nothing speaks for.
    """
    odds = agenda_odds.priors(clues.recorded_at, clues.phone, day, names.clients)
    text_key = "".join(map(sound, words(clues.text))) if heard.unknown else ""
    hidden = frozenset(names.hidden_in(text_key, MOST_HIDDEN) if heard.unknown > 1 and not heard.more else ())
    scores: dict[int | None, float] = {}
    reasons: dict[int, tuple[Evidence, ...]] = {}
    for client_id in {*odds.clients, *heard.mentions, *hidden}:
        prior = odds.clients.get(client_id)
        mention = heard.mentions.get(client_id)
        setting = prior.setting if prior else Setting.ELSE
        near = prior is not None or client_id in hidden
        said, why = _said(client_id, setting, mention, heard, names, text_key if near else "")
        scores[client_id] = (prior.score if prior else odds.each_other) + said
        reasons[client_id] = tuple(filter(None, (*why, prior.evidence if prior else None)))
    others = [
        odds.outsider + OUTSIDER_NAMED + heard.outsider,
        odds.nobody + log(UNKNOWN_WORDS[min(heard.unknown, 2)]),
        odds.each_other + _unnamed(Setting.ELSE, heard) + log(max(1, len(names.clients) - len(scores))),
    ]
    if heard.more:
        others.append(odds.each_other + NAMED["name"] + EXPLAINED + IN_PART + IN_PART_ELSEWHERE + log(heard.more))
    highest = max(others)
    scores[None] = highest + log(sum(exp(score - highest) for score in others))
    return scores, reasons


def _said(
    client_id: int, setting: Setting, mention: Mention | None, heard: Heard, names: NameIndex, text_key: str
) -> tuple[float, tuple[Evidence, ...]]:
    """The logarithm of the chance of these words if the note is about that client, and what in them speaks for it."""
    score, why = _unnamed(setting, heard), []
    if text_key:
        sounds = _sounds_within(names.keys[client_id], text_key)
        score += sounds
        if sounds > 1.0 and mention is None:
            why.append(Evidence("hidden", sounds, {"name": names.clients[client_id].name}))
    if mention is not None:
        elsewhere = not mention.whole and setting is Setting.ELSE
        in_part = (OWN_PART_ELSEWHERE if mention.own else IN_PART_ELSEWHERE) if elsewhere else 0.0
        score = score + DENIED if mention.denied else max(score, mention.score + in_part)
        why.append(_named(mention))
    # In “Granby Motors” the city is a part of the name.
    if said := heard.cities - frozenset(mention.form.words if mention else ()):
        there = said.issuperset(names.cities[client_id]) and bool(names.cities[client_id])
        score += CITY_SAID if there else OTHER_CITY_SAID
        if there and mention is not None:
            why.append(Evidence("city", CITY_SAID, {"city": names.clients[client_id].city}))
    return score, tuple(why)


def _unnamed(setting: Setting, heard: Heard) -> float:
    """No name was recognised: none was said, or it was and could not be made out."""
    unknown = min(heard.unknown, 2)
    return log(UNNAMED[setting] * UNKNOWN_WORDS[unknown] + NOT_MADE_OUT[unknown])


def _sounds_within(key: str, text_key: str) -> float:
    """How much the sounds of a note say for a client whose name they may hide: measured on garbled dictation."""
    likeness = nearest_within(key, text_key)
    if len(key) < 5:
        return min(1.5, max(-0.8, 8 * (likeness - 0.6)))
    return min(3.5, max(-1.6, 18 * (likeness - 0.5)))


def _named(mention: Mention) -> Evidence:
    values = {"name": mention.form.shown, "words": mention.heard}
    if mention.form.kind == "contact":
        return Evidence("contact", mention.score, values)
    if not mention.whole:
        return Evidence("part-named", mention.score, values)
    return Evidence("named" if mention.exact else "sounds-like", mention.score, values)


def _activity(client_id: int, clues: Clues, day: Sequence[Activity]) -> Activity | None:
    """The client's activity that the note is likeliest about: the one it names, else the latest begun that day."""
    own = [activity for activity in day if activity.client_id == client_id]
    for activity in own:
        if activity.id == clues.said_activity:
            return activity
    begun = [activity for activity in own if agenda_odds.may_be_about(activity, clues.recorded_at)]
    return max(begun, key=lambda activity: (activity.starts_at, not activity.noted), default=None)
