"""A client as the business speaks of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Client:
    """A company in somebody's portfolio. `manager` is the account manager's name."""

    id: int
    ref: str
    name: str
    category: str
    status: str
    manager: str | None
    city: str
    phone: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
