"""People and what their roles let them do."""

from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.domain.sentences import Language


class Role(StrEnum):
    """What somebody is here; one person may be several."""

    REP = "rep"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the company; `territories` are those a manager answers for."""

    id: int
    email: str
    name: str
    language: Language = "en"
    timezone: str = "America/Toronto"
    roles: frozenset[Role] = frozenset({Role.REP})
    territories: frozenset[str] = field(default_factory=frozenset)
    active: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this person reads times."""
        return ZoneInfo(self.timezone)

    def has(self, role: Role) -> bool:
        """Whether the person holds the role."""
        return role in self.roles
