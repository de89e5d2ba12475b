"""The page of a day's activities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mobile_gateway.markup import MOST_BYTES, fitting_list
from mobile_gateway.pages.visitors import Visitor
from server.domain.activities import Activity, State
from server.domain.times import day_bounds
from server.usecases import activities

MOST_IN_A_DAY: Final = 200
MOST_ON_A_PAGE: Final = 15


@dataclass(frozen=True, slots=True)
class Agenda:
    """The activities of one day; `marks` says which is under way (`now`) and which comes next, by id."""

    day: date
    activities: Sequence[Activity]
    marks: Mapping[int, str]


def agenda(visitor: Visitor, day: date) -> Agenda:
    """The visitor's own activities of a day in their zone; only today has something under way or next."""
    start, end = day_bounds(day, visitor.rep.zone)
    with visitor.services.database.reading() as session:
        found = activities.listed(session, visitor.rep, visitor.policy, since=start, until=end, limit=MOST_IN_A_DAY)
    # What ended at midnight sharp belongs to the day before.
    own = [activity for activity in found if activity.ends_at > start or activity.starts_at >= start]
    return Agenda(day, own, _marks(own, visitor.now) if day == visitor.today else {})


def agenda_page(visitor: Visitor, shown: Agenda, undecided: str, start: int | None) -> str:
    """The page, from that entry on; without one from the first, or where not all fit from what is under way or next."""

    def draw(first: int, count: int) -> str:
        end = first + count
        return visitor.draw(
            "today.html",
            heading=visitor.phrases.weekday(shown.day),
            day=shown.day,
            day_before=shown.day - timedelta(days=1),
            day_after=shown.day + timedelta(days=1),
            undecided=undecided,
            activities=shown.activities[first:end],
            marks=shown.marks,
            first=first,
            more=end if end < len(shown.activities) else None,
            rep=visitor.rep.name,
            device=visitor.signed.device_name,
        )

    if start is None:
        everything = draw(0, len(shown.activities))
        if len(everything.encode()) <= MOST_BYTES:
            return everything
        start = next((at for at, activity in enumerate(shown.activities) if activity.id in shown.marks), 0)
    return fitting_list(lambda count: draw(start, count), len(shown.activities) - start, MOST_ON_A_PAGE)


def _marks(found: Sequence[Activity], now: datetime) -> dict[int, str]:
    planned = [activity for activity in found if activity.state is State.PLANNED]
    marks = {activity.id: "now" for activity in planned if activity.starts_at <= now < activity.ends_at}
    following = next((activity for activity in planned if activity.starts_at > now), None)
    if following:
        marks[following.id] = "next"
    return marks
