"""Clients: found by name, typing errors forgiven."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from server.domain.clients import Client
from server.domain.errors import NotFound
from server.domain.names import core, words
from server.domain.people import Person
from server.domain.policy import Policy
from server.store import clients

SHORTLIST = 200
SHORTLISTED_FROM = 55.0
FITS_FROM = 72.0
CLEARLY_AHEAD = 8.0
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A client and how well it fits what was asked for, 0 to 100."""

    client: Client
    score: float


def find(session: Session, reader: Person, policy: Policy, query: str, limit: int) -> list[Match]:
    """The visible clients that fit a name, alias, reference or city, the best first.

    Without a query: the first ones by name.
    """
    everyone = clients.visible(session, reader, policy)
    asked = core(query)
    if not asked:
        return [Match(client, 0.0) for client in everyone[:limit]]
    matches = [Match(client, _score(asked, client)) for client in _shortlist(asked, everyone)]
    fitting = [match for match in matches if match.score >= FITS_FROM]
    return sorted(fitting, key=lambda match: (-match.score, match.client.name, match.client.ref))[:limit]


def choose(session: Session, reader: Person, policy: Policy, query: str) -> list[Match]:
    """One match when one client clearly fits, else up to five candidates; NotFound when none does."""
    matches = find(session, reader, policy, query, CANDIDATES)
    if not matches:
        raise NotFound("client-not-found")
    if len(matches) == 1 or matches[0].score - matches[1].score >= CLEARLY_AHEAD:
        return matches[:1]
    return matches


def one(session: Session, reader: Person, policy: Policy, ref: str) -> Client:
    """The client with this reference, or NotFound when there is none or the reader may not see it."""
    found = clients.one_visible(session, reader, policy, ref)
    if found is None:
        raise NotFound("client-not-found")
    return found


def _shortlist(asked: tuple[str, ...], everyone: Sequence[Client]) -> list[Client]:
    # One pass in C over all names; the careful comparison is for those that come near.
    keys = [" ".join(_searched(client)) for client in everyone]
    near = process.extract(
        " ".join(asked), keys, scorer=fuzz.WRatio, processor=None, limit=SHORTLIST, score_cutoff=SHORTLISTED_FROM
    )
    return [everyone[position] for _, _, position in near]


def _searched(client: Client) -> tuple[str, ...]:
    named = (word for name in (client.name, *client.aliases) for word in core(name))
    return (*named, *words(client.city), *words(client.ref))


def _score(asked: tuple[str, ...], client: Client) -> float:
    names = (client.name, *client.aliases, client.ref)
    city = words(client.city)
    return max(_name_score(asked, core(name), city) for name in names)


def _name_score(asked: tuple[str, ...], name: tuple[str, ...], city: tuple[str, ...]) -> float:
    found = [_word_score(word, (*name, *city)) for word in asked]
    whole = 3.0 if asked == name else 0.0
    extra = max(0, len(name) - len(asked)) * 0.5
    return sum(found) / len(found) + whole - min(extra, 2.0)


def _word_score(asked: str, name: tuple[str, ...]) -> float:
    best = 0.0
    for word in name:
        if word == asked:
            return 100.0
        score = 96.0 if word.startswith(asked) else fuzz.ratio(asked, word)
        best = max(best, score)
    return best
