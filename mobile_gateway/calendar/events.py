"""What a calendar mail says, as values. Instants are aware and UTC; walls are naive times on the event's own clock."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from mobile_gateway.calendar.rules import Rule


class Method(StrEnum):
    """What the sender wants (RFC 5546 §1.4)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    REPLY = "REPLY"
    CANCEL = "CANCEL"
    COUNTER = "COUNTER"


class Status(StrEnum):
    """How sure the event is (RFC 5545 §3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Answer(StrEnum):
    """What somebody answers, as PARTSTAT spells it."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with an address: lower case, without `mailto:`; empty where the sender gave none."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited; `partstat` in capitals, NEEDS-ACTION until they answered."""

    address: str
    name: str = ""
    partstat: str = "NEEDS-ACTION"


@dataclass(frozen=True, slots=True)
class Override:
    """One occurrence that differs: `recurrence_id` is the instant at which the series has it.

    `following`: the change holds for all later occurrences too (RANGE=THISANDFUTURE).
    """

    recurrence_id: datetime
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False
    following: bool = False
    sequence: int = 0
    dtstamp: datetime | None = None
    summary: str = ""
    location: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How an event repeats: `extra` (RDATE) and `excluded` (EXDATE) are instants at which occurrences start."""

    rule: Rule | None = None
    extra: tuple[datetime, ...] = ()
    excluded: frozenset[datetime] = frozenset()
    overrides: tuple[Override, ...] = ()

    @property
    def repeats(self) -> bool:
        """Whether there is more than one occurrence to expect."""
        return self.rule is not None or bool(self.extra)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event of one organizer, with its recurrence.

    `starts_at` and `ends_at` are None only in a CANCEL or REPLY that leaves them out. An all-day event runs from
    midnight to midnight (exclusive) in `zone`. `wall` is the start as written, on the clock of `zone`: recurrences keep
    that hour. `recurrence_id` is set where the mail speaks of single occurrences of a series only; all that it speaks
    of are in `recurrence.overrides` then. `left_out` counts events of other UIDs in the same calendar.
    """

    method: Method
    uid: str
    sequence: int
    organizer: Party
    attendees: tuple[Attendee, ...]
    summary: str
    location: str
    description: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    zone: tzinfo = UTC
    wall: datetime | None = None
    recurrence_id: datetime | None = None
    recurrence: Recurrence = field(default_factory=Recurrence)
    status: Status = Status.CONFIRMED
    dtstamp: datetime | None = None
    left_out: int = 0

    @property
    def cancelled(self) -> bool:
        """Whether the whole of what the mail speaks of is called off."""
        return self.method is Method.CANCEL or self.status is Status.CANCELLED
