"""Which client an invitation means: from who is invited, and from the names and references in its words.

Every piece of evidence gives its client a weight between 0 and 1; independent pieces add up as chances do. The best
client is the answer only where it is probable by itself and the next one at least four times as doubtful: an unclear
invitation gets candidates to ask about, never a guess.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import prod
from typing import Final

from mobile_gateway.calendar.events import Invitation
from mobile_gateway.calendar.public_domains import PUBLIC_DOMAINS
from server.domain.clients import Client
from server.domain.evidence import Evidence
from server.domain.linking import Clues, link

CERTAIN_FROM: Final = 0.8
TIMES_AS_DOUBTFUL: Final = 4.0
CANDIDATES: Final = 3
KNOWN_ADDRESS: Final = 0.95
KNOWN_DOMAIN: Final = 0.85
MOST_FOR_WORDS: Final = 0.9
MOST_DESCRIPTION: Final = 2_000
# A subject is about the meeting; a place may be a street named like a client; a text may speak of many.
IN_SUBJECT: Final = 1.0
IN_PLACE: Final = 0.95
IN_TEXT: Final = 0.6
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client that may be meant, strongest evidence first."""

    client: Client
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The answer: `client` only where it is clear; `candidates`: at most three, likeliest first, it among them."""

    client: Client | None
    candidates: tuple[Candidate, ...]


def match(
    invitation: Invitation,
    portfolio: Sequence[Client],
    contacts: Mapping[str, Collection[str]],
    own: Collection[str] = (),
) -> Match:
    """The client of the rep's `portfolio` that an invitation means.

    `contacts`: the contacts' addresses in lower case, each with the references of the clients it belongs to. `own`:
    addresses (`marie@here.example`) and domains (`here.example`) of our own people, which point at nobody.
    """
    clients = {client.ref: client for client in portfolio}
    reasons: dict[str, list[Evidence]] = defaultdict(list)
    for ref, evidence in (*_invited(invitation, clients, contacts, own), *_named(invitation, portfolio)):
        reasons[ref].append(evidence)
    ranked = sorted(
        (_candidate(clients[ref], found) for ref, found in reasons.items()),
        key=lambda candidate: (-candidate.confidence, candidate.client.ref),
    )[:CANDIDATES]
    if not ranked or ranked[0].confidence < CERTAIN_FROM:
        return Match(None, tuple(ranked))
    doubt = 1.0 - ranked[0].confidence
    clear = len(ranked) == 1 or 1.0 - ranked[1].confidence >= TIMES_AS_DOUBTFUL * doubt
    return Match(ranked[0].client if clear else None, tuple(ranked))


def _candidate(client: Client, found: list[Evidence]) -> Candidate:
    doubt = prod(1.0 - evidence.weight for evidence in found)
    ordered = tuple(sorted(found, key=lambda evidence: -evidence.weight))
    return Candidate(client, round(1.0 - doubt, 4), ordered)


def _invited(
    invitation: Invitation, clients: Mapping[str, Client], contacts: Mapping[str, Collection[str]], own: Collection[str]
) -> Iterator[tuple[str, Evidence]]:
    """One reason a client, however many of its people come: an address that is known, else a domain that is its own."""
    ours = {entry.lower() for entry in own}
    addresses = dict.fromkeys((invitation.organizer.address, *(each.address for each in invitation.attendees)))
    strangers = [each for each in addresses if each and each not in ours and _domain(each) not in ours]
    owners = _owners(clients, contacts)
    best: dict[str, Evidence] = {}
    for address in strangers:
        known = [ref for ref in contacts.get(address, ()) if ref in clients]
        for ref in known:
            _keep(best, ref, Evidence("attends", KNOWN_ADDRESS / len(known), {"address": address}))
        domain = _domain(address)
        owner = owners.get(domain) if not known else None
        if owner and domain not in PUBLIC_DOMAINS:
            _keep(best, owner, Evidence("attends-domain", KNOWN_DOMAIN, {"domain": domain}))
    yield from best.items()


def _keep(best: dict[str, Evidence], ref: str, evidence: Evidence) -> None:
    if ref not in best or best[ref].weight < evidence.weight:
        best[ref] = evidence


def _owners(clients: Mapping[str, Client], contacts: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The domains that all belong to contacts of one client only."""
    refs: dict[str, set[str]] = defaultdict(set)
    for address, owners in contacts.items():
        refs[_domain(address.lower())].update(owners)
    return {domain: next(iter(found)) for domain, found in refs.items() if len(found) == 1 and found <= clients.keys()}


def _named(invitation: Invitation, portfolio: Sequence[Client]) -> Iterator[tuple[str, Evidence]]:
    """One reason a client: the clearest mention of its name or reference, as notes are searched for them."""
    best: dict[str, Evidence] = {}
    parts = (
        (invitation.summary, IN_SUBJECT),
        (invitation.location, IN_PLACE),
        (invitation.description[:MOST_DESCRIPTION], IN_TEXT),
    )
    for words, worth in parts:
        for suggestion in link(Clues(_ANY_TIME, words), (), portfolio).suggestions:
            for evidence in suggestion.evidence:
                weighed = replace(evidence, weight=round(min(evidence.weight, MOST_FOR_WORDS) * worth, 4))
                _keep(best, suggestion.client.ref, weighed)
    yield from best.items()


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
