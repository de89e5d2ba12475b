"""What the time of a note says before a word of it was read: which clients the rep may speak of, and how probably.

The figures are odds against one another: a client that was met this morning counts 1, the one whose visit ended a
minute ago about thirty, all the rest of the portfolio together as much as a few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import exp, log
from typing import Final

from server.domain.activities import Activity
from server.domain.clients import Client
from server.domain.evidence import Evidence

JUST_OVER: Final = timedelta(minutes=45)
EARLY: Final = timedelta(minutes=10)
SAME_DAY: Final = timedelta(hours=16)

DURING: Final = 25.0
AT_THE_END: Final = 36.0
FADES: Final = timedelta(minutes=30)
MET_TODAY: Final = 1.0
STILL_TO_COME: Final = 0.2
OTHER_DAY: Final = 0.15
CALLED: Final = 60.0
PORTFOLIO: Final = 5.5
SMALLEST: Final = 50  # clients; who has only three of them speaks of others, too
OUTSIDE: Final = 0.7
NOBODY: Final = 1.7
NOBODY_WITH_A_CLIENT: Final = 0.25


class Setting(Enum):
    """How near the rep is to a client at that time: with them, on a day with them, or neither."""

    NOW = 1
    DAY = 2
    ELSE = 3


@dataclass(frozen=True, slots=True)
class Prior:
    """A client's odds as a logarithm, and the reason for them."""

    score: float
    setting: Setting
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Priors:
    """The odds of the clients that the day or a call speaks for, of each other client, and of the other answers."""

    clients: Mapping[int, Prior]
    each_other: float
    outsider: float
    nobody: float


def said(
    client: int | None, activity: int | None, day: Sequence[Activity], clients: Mapping[int, Client]
) -> tuple[int, Evidence] | None:
    """The client that the upload itself names, directly or by an activity: that settles it."""
    for each in day:
        if each.id == activity:
            return each.client_id, Evidence("said-activity", 1.0, _times(each))
    if client is not None and client in clients:
        return client, Evidence("said-client", 1.0)
    return None


def priors(recorded_at: datetime, phone: str | None, day: Sequence[Activity], clients: Mapping[int, Client]) -> Priors:
    """The odds at that time; `day` are the rep's activities around it that were not cancelled."""
    found: dict[int, tuple[float, Setting, Evidence | None]] = {}
    latest = max((each.starts_at for each in day if each.starts_at <= recorded_at), default=None)
    for activity in day:
        weight, setting, evidence = _weight(activity, recorded_at, latest)
        known = found.get(activity.client_id)
        if known is None or known[0] < weight:
            found[activity.client_id] = (weight, setting, evidence)
    digits = _digits(phone)
    called = [client.id for client in clients.values() if _digits(client.phone) == digits] if digits else []
    for client_id in called:
        found[client_id] = (CALLED / len(called), Setting.NOW, Evidence("called", 1.0))
    near = any(setting is Setting.NOW for _, setting, _ in found.values())
    others = max(SMALLEST, len(clients) - len(found))
    return Priors(
        {client_id: Prior(log(weight), setting, why) for client_id, (weight, setting, why) in found.items()},
        log(PORTFOLIO / others),
        log(OUTSIDE),
        log(NOBODY_WITH_A_CLIENT if near else NOBODY),
    )


def may_be_about(activity: Activity, recorded_at: datetime) -> bool:
    """Whether a note of that time may be a report of the activity: it has begun, and not been over for too long."""
    return activity.starts_at - EARLY <= recorded_at and recorded_at - activity.ends_at <= SAME_DAY


def _weight(
    activity: Activity, recorded_at: datetime, latest: datetime | None
) -> tuple[float, Setting, Evidence | None]:
    if activity.starts_at <= recorded_at <= activity.ends_at:
        return DURING, Setting.NOW, Evidence("during", 1.0, _times(activity))
    over = recorded_at - activity.ends_at
    if timedelta(0) <= over <= JUST_OVER:
        # Whoever has begun another visit since speaks of that one.
        fresh = activity.starts_at == latest
        weight = AT_THE_END * exp(-(over / FADES)) if fresh else MET_TODAY
        setting = Setting.NOW if fresh else Setting.DAY
        return max(weight, MET_TODAY), setting, Evidence("after", 1.0, _times(activity) | {"minutes": minutes(over)})
    if timedelta(0) < over <= SAME_DAY:
        return MET_TODAY, Setting.DAY, Evidence("same-day", 1.0, _times(activity))
    early = activity.starts_at - recorded_at
    if timedelta(0) < early <= EARLY:
        values = _times(activity) | {"minutes": minutes(early)}
        return 2 * MET_TODAY, Setting.DAY, Evidence("before", 1.0, values)
    if timedelta(0) < early <= SAME_DAY:
        return STILL_TO_COME, Setting.DAY, None
    return OTHER_DAY, Setting.ELSE, None


def minutes(span: timedelta) -> int:
    """Whole minutes."""
    return round(span.total_seconds() / 60)


def _times(activity: Activity) -> dict[str, str]:
    return {
        "kind": activity.kind.value,
        "starts_at": activity.starts_at.isoformat(),
        "ends_at": activity.ends_at.isoformat(),
    }


def _digits(phone: str | None) -> str:
    """The last ten digits: the same for E.164 and national forms in North America."""
    found = "".join(mark for mark in phone or "" if mark.isdigit())
    return found[-10:] if len(found) >= 7 else ""
