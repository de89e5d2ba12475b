"""Which words of a note are part of a name, or sound like it, and how much that explains.

What a hit gains is the logarithm of how much likelier the word is if its client is meant than if it is there by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from server.domain.clauses import Token
from server.domain.name_index import NameIndex
from server.domain.phonetics import alike, sound
from server.domain.vocabulary import COMMON_SOUNDS, LITTLE, TRADES, is_common

EXPLAINED: Final = 8.5  # a word that is part of a name and of little else
EXPLAINED_ALIKE: Final = 8.0
EXPLAINED_COMMON: Final = 1.2
EXPLAINED_LITTLE: Final = 3.5
SAME_CITY: Final = 0.8


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a name, heard at a place in the note: how alike they are, and what explaining it gains."""

    word: str
    place: int
    width: int
    likeness: float
    gain: float


def heard_in(tokens: Sequence[Token], names: NameIndex) -> list[Hit]:
    """The words of names that the words of a note are, or sound like, alone or two together."""
    found: list[Hit] = []
    for token in tokens:
        common = is_common(token.word) and not (token.word.isdigit() and token.word in names.bearers)
        for word, likeness in names.heard(token.word, guess=not common):
            found.append(Hit(word, token.place, 1, likeness, _gain(word, likeness, common=common)))
    exact = {hit.place for hit in found if hit.likeness == 1.0}
    for one, two in pairwise(tokens):
        # “distri butien”: a word that was heard as two.
        if one.place in exact or two.place in exact or len(one.word + two.word) < 6:
            continue
        for word, likeness in names.heard(one.word + two.word):
            if likeness >= 0.75:
                found.append(Hit(word, one.place, 2, likeness, _gain(word, likeness, common=False)))
    return found


def _gain(word: str, likeness: float, *, common: bool) -> float:
    if common:
        return EXPLAINED_COMMON
    if word in LITTLE:
        return EXPLAINED_LITTLE * likeness
    # From a word that is like nothing else here, down to one that may be anything.
    return EXPLAINED if likeness == 1.0 else EXPLAINED_ALIKE * max(0.0, (likeness - 0.5) / 0.5) ** 0.8


def unknown_in(tokens: Sequence[Token], hits: Sequence[Hit]) -> int:
    """How many words are neither usual in notes nor part of a name: misheard names, maybe."""
    explained = {place for hit in hits for place in range(hit.place, hit.place + hit.width)}
    return sum(token.place not in explained and len(token.word) > 3 and not _is_usual(token.word) for token in tokens)


def _is_usual(word: str) -> bool:
    return is_common(word) or word in TRADES or sound(word) in COMMON_SOUNDS


def cities_in(tokens: Sequence[Token], names: NameIndex) -> frozenset[str]:
    """The words of cities that were said, or something very like them."""
    said = [token.word for token in tokens if not is_common(token.word)]
    said += [one.word + two.word for one, two in pairwise(tokens)]
    return frozenset(city for word in said for city in names.known_cities if _same_city(word, city))


def _same_city(word: str, city: str) -> bool:
    near = word[0] == city[0] and abs(len(city) - len(word)) <= 2
    return near and alike(word, city) >= SAME_CITY
