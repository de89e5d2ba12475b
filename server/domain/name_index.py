"""The names that notes may say, of one portfolio: made once, asked for every note.

A client has several forms: its name, trade names and initials, its reference, its contact's name. Each form is a bag
of words without legal forms and small words. A word that was heard is looked up by its letters two by two, so that no
portfolio has to be gone through whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from server.domain.clients import Client
from server.domain.names import core, words
from server.domain.phonetics import alike, sound
from server.domain.vocabulary import is_common

LIKE_ENOUGH: Final = 0.62
SHORTEST_GUESS: Final = 4  # letters; a shorter word is that word or none
MOST_LOOKED_AT: Final = 12
LONG_ENOUGH: Final = 5  # sounds of a name that can be told in a text


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name a client: `kind` is `name`, `alias`, `ref` or `contact`; `shown` is how it is written."""

    client_id: int
    kind: str
    words: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The forms of a portfolio's clients, by their words.

    bearers  the forms in which a word stands
    pairs    the words in which two letters follow each other
    cities   the words that tell each client's city, “rivieres” for Trois-Rivières; `known_cities` all of them
    keys     how each client's name sounds as a whole
    sounds   the clients in whose names two sounds follow each other
    """

    clients: dict[int, Client]
    forms: tuple[Form, ...]
    bearers: dict[str, tuple[int, ...]]
    pairs: dict[str, tuple[str, ...]]
    cities: dict[int, tuple[str, ...]]
    known_cities: frozenset[str]
    keys: dict[int, str]
    sounds: dict[str, tuple[int, ...]]

    def heard(self, token: str, *, guess: bool = True) -> list[tuple[str, float]]:
        """The words of names that a word of a note may be, each with how alike they are; the word itself if it is one.

        Without `guess` only the word itself counts.
        """
        if token in self.bearers:
            return [(token, 1.0)]
        if not guess or len(token) < SHORTEST_GUESS:
            return []
        votes: Counter[str] = Counter()
        for pair in _pairs(token):
            votes.update(self.pairs.get(pair, ()))
        found = [(word, alike(token, word)) for word, _ in votes.most_common(MOST_LOOKED_AT)]
        return [(word, likeness) for word, likeness in found if likeness >= LIKE_ENOUGH]

    def hidden_in(self, text_key: str, most: int) -> list[int]:
        """The clients whose names share most sounds with a text, for the length of the name; so many at most."""
        votes: Counter[int] = Counter()
        for at in range(len(text_key) - 1):
            votes.update(self.sounds.get(text_key[at : at + 2], ()))
        return nlargest(most, votes, key=lambda client_id: votes[client_id] / (len(self.keys[client_id]) + 1))


def index(portfolio: Sequence[Client]) -> NameIndex:
    """Make the index; about 10 µs for each client."""
    forms = tuple(form for client in portfolio for form in _forms(client))
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        for word in dict.fromkeys(form.words):
            bearers[word].append(number)
    pairs: dict[str, list[str]] = defaultdict(list)
    for word in bearers:
        for pair in _pairs(word) if len(word) >= SHORTEST_GUESS else ():
            pairs[pair].append(word)
    cities = {client.id: tuple(filter(_telling, words(client.city))) for client in portfolio}
    keys = {client.id: "".join(map(sound, core(client.name))) for client in portfolio}
    sounds: dict[str, list[int]] = defaultdict(list)
    for client_id, key in keys.items():
        for pair in {key[at : at + 2] for at in range(len(key) - 1)} if len(key) >= LONG_ENOUGH else ():
            sounds[pair].append(client_id)
    return NameIndex(
        clients={client.id: client for client in portfolio},
        forms=forms,
        bearers={word: tuple(numbers) for word, numbers in bearers.items()},
        pairs={pair: tuple(found) for pair, found in pairs.items()},
        cities=cities,
        known_cities=frozenset(word for city in cities.values() for word in city),
        keys=keys,
        sounds={pair: tuple(found) for pair, found in sounds.items()},
    )


def _forms(client: Client) -> Iterable[Form]:
    named = core(client.name)
    yield Form(client.id, "name", named, client.name)
    for alias in client.aliases:
        if (said := core(alias)) and said != named:
            yield Form(client.id, "alias", said, alias)
    if len(client.ref) > 3:
        yield Form(client.id, "ref", words(client.ref), client.ref)
    for contact in client.contacts:
        if len(person := words(contact)) > 1:
            yield Form(client.id, "contact", person, contact)


def _pairs(word: str) -> set[str]:
    # By letters and by sound: a word respelled by ear shares few letters with itself.
    edged, key = f"^{word}$", f"^{sound(word)}$"
    return {edged[at : at + 2] for at in range(len(edged) - 1)} | {f"~{key[at : at + 2]}" for at in range(len(key) - 1)}


def _telling(word: str) -> bool:
    return len(word) >= SHORTEST_GUESS and not is_common(word)
