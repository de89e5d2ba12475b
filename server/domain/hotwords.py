"""Names that a rep is likely to say in a note, for the speech engine: the likeliest first, within its limit."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from server.domain.activities import Activity, State
from server.domain.clients import Client
from server.domain.names import LEGAL_FORMS, words

MOST_NAMES: Final = 3
"""On spoken demo notes three names were spelled right more often and misled seldom; twenty were strewn over every
sentence that was hard to understand."""

MOST_TOKENS: Final = 200
CHARACTERS_A_TOKEN: Final = 3
"""Names cost more tokens than prose does: about one for three letters."""


def hotwords(
    at: datetime, agenda: Sequence[Activity], known: Sequence[Client], most: int = MOST_NAMES, tokens: int = MOST_TOKENS
) -> tuple[str, ...]:
    """Names of clients and contacts, none twice, at most so many and so many tokens in all.

    First the clients of the agenda, the activity nearest to `at` before the others, each with its contact; then
    `known` in its order, which is the caller's idea of who is likely.
    """
    names: dict[str, str] = {}
    left = tokens
    for name in _likely(at, agenda, {client.id: client for client in known}):
        key = name.casefold()
        cost = len(name) // CHARACTERS_A_TOKEN + 2
        if len(names) == most:
            break
        if key in names or cost > left:
            continue
        names[key] = name
        left -= cost
    return tuple(names.values())


def _likely(at: datetime, agenda: Sequence[Activity], known: dict[int, Client]) -> Iterator[str]:
    planned = [activity for activity in agenda if activity.state is not State.CANCELLED]
    for activity in sorted(planned, key=lambda activity: _distance(at, activity)):
        client = known.get(activity.client_id)
        if client is not None:
            yield from _names(client)
    for client in known.values():
        yield from _names(client)


def _names(client: Client) -> Iterator[str]:
    for name in (client.name, *client.contacts[:1]):
        plain = _without_legal_form(name)
        if plain:
            yield plain


def _without_legal_form(name: str) -> str:
    """As it is said: “Garage Roy & Fils ltée” is “Garage Roy & Fils”."""
    said = name.split()
    while len(said) > 1 and set(words(said[-1])) <= LEGAL_FORMS:
        said.pop()
    return " ".join(said)


def _distance(at: datetime, activity: Activity) -> float:
    if activity.starts_at <= at <= activity.ends_at:
        return 0.0
    return min(abs((at - activity.starts_at).total_seconds()), abs((at - activity.ends_at).total_seconds()))
