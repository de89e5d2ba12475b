"""Names of companies reduced to what people say: no accents, no legal forms, no punctuation."""

import re
import unicodedata
from functools import lru_cache

LEGAL_FORMS = frozenset(
    "inc ltee ltd limitee limited llc llp corp corporation cie co company senc sencrl enr snc sarl sa "
    "quebec canada".split()
)
FILLERS = frozenset("le la les l de du des d et and the of a au aux chez".split())
_INITIALISM = re.compile(r"\b(?:[a-z]\.){2,}")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Lower case without accents: “Gagné” → “gagne”, “Œuvre” → “oeuvre”."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(mark for mark in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(mark))


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; dotted initials are one word (“S.E.N.C.” → “senc”)."""
    joined = _INITIALISM.sub(lambda found: found.group().replace(".", "") + " ", folded(text))
    return tuple(filter(None, _SEPARATORS.split(joined)))


@lru_cache(maxsize=65_536)
def core(name: str) -> tuple[str, ...]:
    """What is left of a company's name when legal forms and small words are taken away; never empty for a real name."""
    everything = words(name)
    kept = tuple(word for word in everything if word not in LEGAL_FORMS and word not in FILLERS)
    return kept or everything


def spoken(text: str) -> tuple[str, ...]:
    """The words of a note as they are compared with `core` names."""
    return tuple(word for word in words(text) if word not in LEGAL_FORMS and word not in FILLERS)


def contains(sentence: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the words of the phrase follow one another in the sentence."""
    length = len(phrase)
    if not length:
        return False
    first = phrase[0]
    return any(word == first and sentence[at : at + length] == phrase for at, word in enumerate(sentence))
