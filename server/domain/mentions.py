"""What the words of a note say for and against each client of a portfolio.

The model is that of a listener. Whoever speaks of a client names it whole, in part, by a trade name, by its reference,
by its contact, or not at all, each with a known chance; what is named is heard as it is, like it sounds, or hardly. A
word that sounds like part of a name has to be explained: a client that explains it gains what chance would have lost.
So two clients called Leblanc are one as likely as the other until “plomberie” is heard too, and then the client that
does not explain “plomberie” is far behind. All figures are natural logarithms of chances.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log
from typing import Final

from server.domain.clauses import Token, tokenized
from server.domain.hits import EXPLAINED, EXPLAINED_COMMON, Hit, cities_in, heard_in, unknown_in
from server.domain.name_index import Form, NameIndex
from server.domain.vocabulary import LITTLE, TRADES

NAMED: Final = {"name": log(0.6), "alias": log(0.3), "ref": log(0.2), "contact": log(0.08)}
IN_PART: Final = log(0.22)
MORE_LEFT_OUT: Final = log(0.7)
LITTLE_LEFT_OUT: Final = log(0.3)
NOT_ITS_OWN_WORD: Final = log(0.03)  # “the bakery” for Boulangerie Tremblay

ELSEWHERE: Final = 5.0  # there are more names outside a portfolio than in it
FEWEST_NAMES: Final = 100
ANOTHER_TOO: Final = log(0.05)  # that a second client is named beside the one whom the note is about
WHOLE_REF: Final = 5.0

MOST_BETWEEN: Final = 2  # words
MOST_FORMS: Final = 300
SAME_PERSON: Final = 0.75
RARE: Final = 3  # forms that bear a word

CITY_SAID: Final = log(12.0)
OTHER_CITY_SAID: Final = log(0.08)
DENIED: Final = log(0.005)
ONE_WORD: Final = log(0.3)  # a company outside is rarely called by one word of its name
NOT_FIRST: Final = log(0.25)


@dataclass(frozen=True, slots=True)
class Mention:
    """How a client was named: the form, the words of it that were heard, and what that says for the client.

    whole    no word of weight is missing
    own      only what the company does is missing, and few are called so
    telling  a word was said that is not only a trade
    exact    every word was heard as it is written
    denied   the note says that it is not about them
    heard    the words of the note; `places` where they stand, `gain` what they explain
    """

    form: Form
    score: float
    whole: bool
    own: bool
    telling: bool
    exact: bool
    denied: bool
    heard: str
    places: frozenset[int]
    gain: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text names: each client's best mention, what an outsider would gain, and the cities that were said.

    outsider  what a company outside the portfolio gains by being called like the best stretch of name words
    unknown   words that are neither common nor part of a name here: misheard names, maybe
    more      how many more names hold some of the words, too many to look at each
    """

    mentions: dict[int, Mention]
    outsider: float
    cities: frozenset[str]
    unknown: int
    more: int = 0


def listen(text: str, names: NameIndex, near: Collection[int] = ()) -> Heard:
    """What the words of a text say of the clients in an index; those that are `near` are looked at in any case."""
    tokens = tokenized(text, names.bearers)
    hits = heard_in(tokens, names)
    numbers, more = _likeliest(hits, names, near)
    best = _best_forms(tokens, hits, names, numbers)
    whole = [mention for mention in best.values() if mention.whole and not mention.denied]
    mentions = {client_id: _beside(mention, whole) for client_id, mention in best.items()}
    return Heard(mentions, _outsider(tokens, hits, names), cities_in(tokens, names), unknown_in(tokens, hits), more)


def _likeliest(hits: Sequence[Hit], names: NameIndex, near: Collection[int]) -> tuple[frozenset[int], int]:
    """The forms that explain most, and all that hold a word for who is near; how many others hold one, too."""
    gains = {hit.word: hit.gain for hit in sorted(hits, key=lambda hit: hit.gain)}
    explained: dict[int, float] = defaultdict(float)
    for word, gain in gains.items():
        for number in names.bearers[word]:
            explained[number] += gain
    if len(explained) <= MOST_FORMS:
        return frozenset(explained), 0
    best = nlargest(MOST_FORMS, explained, key=explained.__getitem__)
    own = {number for number in explained if names.forms[number].client_id in near} if near else set()
    return frozenset((*best, *own)), len(explained) - MOST_FORMS


def _best_forms(
    tokens: Sequence[Token], hits: Sequence[Hit], names: NameIndex, numbers: Collection[int]
) -> dict[int, Mention]:
    by_form: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        bearers = names.bearers[hit.word]
        for number in numbers if len(bearers) > len(numbers) else bearers:
            if number in numbers and hit.word in names.forms[number].words:
                by_form[number].append(hit)
    best: dict[int, Mention] = {}
    for number, found in by_form.items():
        for together in _clusters(tokens, found):
            mention = _mention(tokens, names.forms[number], together, found, names)
            known = best.get(names.forms[number].client_id)
            if mention is not None and (known is None or known.score < mention.score):
                best[mention.form.client_id] = mention
    return best


def _clusters(tokens: Sequence[Token], found: Sequence[Hit]) -> Iterator[list[Hit]]:
    """The hits that stand near enough to each other, within a clause, to be of one name."""
    together: list[Hit] = []
    for hit in sorted(found, key=lambda hit: hit.place):
        last = together[-1] if together else hit
        near = hit.place - last.place - last.width <= MOST_BETWEEN
        if not near or tokens[hit.place].clause != tokens[last.place].clause:
            yield together
            together = []
        together.append(hit)
    yield together


def _mention(
    tokens: Sequence[Token], form: Form, together: Sequence[Hit], everywhere: Sequence[Hit], names: NameIndex
) -> Mention | None:
    used: dict[str, Hit] = {}
    taken: set[int] = set()
    for hit in sorted(together, key=lambda hit: (-hit.gain, hit.place)):
        places = set(range(hit.place, hit.place + hit.width))
        if hit.word in used or places & taken:
            continue
        used[hit.word] = hit
        taken |= places
    missing = [word for word in dict.fromkeys(form.words) if word not in used]
    light = LITTLE | names.known_cities
    if form.kind != "name" and missing:
        return None
    if form.kind == "contact" and any(hit.likeness < SAME_PERSON for hit in used.values()):
        return None
    gain = sum(_gain_among(hit, taken) for hit in used.values())
    rare = any(len(names.bearers[word]) <= RARE for word in used if word not in TRADES)
    return Mention(
        form=form,
        score=NAMED[form.kind] + gain + _left_out(missing, used, light) + (WHOLE_REF if form.kind == "ref" else 0.0),
        whole=all(word in light for word in missing),
        own=rare and all(word in TRADES or word in light for word in missing),
        telling=any(word not in TRADES and word not in LITTLE for word in used),
        exact=not missing and all(hit.likeness == 1.0 for hit in used.values()),
        # “Nobody at Bouchard. But Bouchard Electric …”: Bouchard Insurance is the one that was denied.
        denied=all(any(tokens[hit.place].denied for hit in everywhere if hit.word == word) for word in used),
        heard=" ".join(tokens[place].word for place in sorted(taken)),
        places=frozenset(taken),
        gain=gain,
    )


def _left_out(missing: Sequence[str], used: Iterable[str], light: Container[str]) -> float:
    """How probable it is that somebody leaves these words of a name out, saying those."""
    more = [word for word in missing if word not in light]
    if not more:
        return LITTLE_LEFT_OUT * len(missing)
    own = any(word not in TRADES and word not in LITTLE for word in used)
    return (IN_PART if own else NOT_ITS_OWN_WORD) + MORE_LEFT_OUT * (len(more) - 1)


def _gain_among(hit: Hit, taken: set[int]) -> float:
    """“auto” and “parts” are common words, but not beside “Brown” if there is a Brown Auto Parts."""
    beside = {hit.place - 1, hit.place + hit.width} & taken
    return EXPLAINED if hit.gain == EXPLAINED_COMMON and beside else hit.gain


def _beside(mention: Mention, whole: Sequence[Mention]) -> Mention:
    """“The same discount as Roy”: two may be named, and the first is who the note is about more often than not.

    What the other's name explains counts for both, so that the longer name has no advantage.
    """
    if mention.denied or not mention.telling:
        return mention
    others = [other for other in whole if _apart(other.places, mention.places)]
    if not others:
        return mention
    score = mention.score + max(other.gain for other in others) + ANOTHER_TOO
    if min(mention.places) > min(min(other.places) for other in others):
        score += NOT_FIRST
    return replace(mention, score=score)


def _apart(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether at least a word stands between two stretches: neighbours are one name."""
    return min(one) > max(other) + 1 or min(other) > max(one) + 1


def _outsider(tokens: Sequence[Token], hits: Sequence[Hit], names: NameIndex) -> float:
    """What the best stretch of neighbouring words gains somebody else, whose name they make up by chance."""
    total = max(FEWEST_NAMES, len(names.forms))
    best_at: dict[int, float] = {}
    for hit in hits:
        if tokens[hit.place].denied:
            continue
        chance = log(len(names.bearers[hit.word]) / total / ELSEWHERE)
        best_at[hit.place] = max(best_at.get(hit.place, 0.0), hit.gain + chance)
    best = run = 0.0
    length = 0
    for place in sorted(best_at):
        length = length + 1 if place - 1 in best_at else 1
        run = (run if length > 1 else 0.0) + best_at[place]
        best = max(best, run + (ONE_WORD if length == 1 else 0.0))
    return best
