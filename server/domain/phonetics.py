"""How words sound to a French or an English ear, roughly, and how alike two of them are.

A key keeps the consonants that both languages hear and drops what they hear differently: “Imprimerie Morin” and
“imprimary moron” have the keys of one another. Words come folded, as `names.words` gives them.
"""

import re
from functools import lru_cache
from typing import Final

# In this order; each pattern sees what the ones before it have left.
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:er|ez|et|es|ent)$", "e"),
        (r"[tdsxpz]+$", ""),
        (r"eau|aux?|ault", "o"),
        (r"ph", "f"),
        (r"sch|sh|ch", "S"),
        (r"qu|q|ck|cc|k|c(?![eiy])", "k"),
        (r"c|ss|z", "s"),
        (r"x", "ks"),
        (r"gn", "n"),
        (r"gu(?=[eiy])", "g"),
        (r"dg|g(?=[eiy])|j", "j"),
        (r"w", "v"),
        (r"h", ""),
        (r"m(?![aeiouy])", "n"),
        (r"(.)\1+", r"\1"),
    )
)
_INNER_VOWELS: Final = re.compile(r"(?<=.)[aeiouy]+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The key of a word: `tremblay` and `tremblai` give `trnbl`; a leading vowel is kept as `a`. Digits stay."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    word = re.sub(r"^[aeiouy]+", "a", word)
    return re.sub(r"(.)\1+", r"\1", _INNER_VOWELS.sub("", word))


@lru_cache(maxsize=262_144)
def alike(one: str, other: str) -> float:
    """How alike two words are, 0 to 1: 1 only for equal ones; letters and sounds count the same.

    Two different words with the same key have 0.85 at least, unless the key is too short to tell anything.
    """
    if one == other:
        return 1.0
    letters = 1.0 - distance(one, other) / max(len(one), len(other))
    keys = sound(one), sound(other)
    longest = max(map(len, keys))
    if not longest or one.isdigit() or other.isdigit():
        return letters
    sounds = 1.0 - distance(*keys) / longest
    if keys[0] == keys[1] and longest > 2:
        return max(0.85, (letters + 1.0) / 2)
    return max(letters, (letters + sounds) / 2) if longest > 2 else letters


def distance(one: str, other: str) -> int:
    """The least number of letters to put in, leave out, change or swap (optimal string alignment)."""
    before, row = list(range(len(other) + 1)), list(range(len(other) + 1))
    older = before
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for column, against in enumerate(other, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != against))
            if at > 1 and column > 1 and letter == other[column - 2] and one[at - 2] == against:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest_within(key: str, text: str) -> float:
    """How alike a key is to the stretch of a longer text of keys that is likest to it, 0 to 1 (Sellers 1980)."""
    if not key:
        return 0.0
    before = [0] * (len(text) + 1)
    for at, letter in enumerate(key, 1):
        row = [at]
        for column, against in enumerate(text, 1):
            row.append(min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != against)))
        before = row
    return 1.0 - min(before) / len(key)
