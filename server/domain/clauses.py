"""The words of a note, clause by clause, and which clauses say that the note is *not* about whom they name."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from server.domain.names import FILLERS, LEGAL_FORMS, words
from server.domain.phonetics import alike

# “Personne chez Roy”, “Roy cancelled”: whoever is named there is not who the note is about.
_DENIALS: Final = frozenset("personne nobody annule annuler cancelled canceled absent absente".split())
_TURNS: Final = frozenset("mais but contre however plutot instead".split())
_ENDS: Final = ".!?;,\n"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a note; `clause` counts the clauses before it, `denied` says that its clause denies what it names."""

    word: str
    place: int
    clause: int
    denied: bool = False


def tokenized(text: str, names: Container[str]) -> list[Token]:
    """The words of a text with the clauses that they stand in, without small words that are not among `names`."""
    found: list[Token] = []
    clause = 0
    for stretch in _clauses(text):
        for piece in _turned(words(stretch)):
            joined = (one + two for one, two in pairwise(piece))
            denied = any(map(_denies, (*piece, *joined)))
            for word in piece:
                if word in names or (word not in LEGAL_FORMS and word not in FILLERS):
                    found.append(Token(word, len(found), clause, denied))
            clause += 1
    return found


def _denies(word: str) -> bool:
    return word in _DENIALS or (len(word) > 5 and any(alike(word, denial) >= 0.85 for denial in _DENIALS))


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for at, mark in enumerate(text):
        # The dots of “S.E.N.C.” end nothing.
        if mark in _ENDS and (at + 1 == len(text) or text[at + 1].isspace()):
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _turned(said: Sequence[str]) -> Iterator[Sequence[str]]:
    start = 0
    for at, word in enumerate(said):
        if word in _TURNS and at > start:
            yield said[start:at]
            start = at
    yield said[start:]
