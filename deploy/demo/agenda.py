"""Four weeks of visits, calls and meetings around now, for every rep."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from deploy.demo.chance import Row, draws
from deploy.demo.known import BAKERY, KNOWN, NEXT_STOP
from deploy.demo.people import ANNIE, REPS, Rep
from deploy.demo.phrases import SUBJECTS, report

WINDOW = timedelta(days=14)
HOLIDAYS = {(1, 1), (1, 2), (6, 24), (7, 1), (12, 25), (12, 26)}
OPENING, CLOSING = time(8, 30), time(17, 15)
MINUTES = {"visit": (45, 60), "call": (15, 30), "meeting": (60, 90)}
KIND_WEIGHTS = (55, 30, 15)
CATEGORY_WEIGHTS = {"A": 4, "B": 2, "C": 1}
VISITABLE = ("active", "prospect")
TELLING = timedelta(minutes=25)
"""A visit that waits for its voice note ended at least this long ago, so that there was time to record one."""
SINCE_BAKERY, UNTIL_NEXT, TRAVEL = timedelta(minutes=6), timedelta(hours=1), timedelta(minutes=15)


@dataclass(frozen=True)
class Appointment:
    """One activity, its times in the rep's zone; ``chance`` (0 to 1) decides what became of it once it is past."""

    ref: str
    rep: Rep
    client: str
    kind: str
    starts: datetime
    ends: datetime
    chance: float
    awaited: bool = False


def activity_rows(clients: list[Row], now: datetime, zone: ZoneInfo) -> list[Row]:
    """Return the activities as rows of ``activities.csv``, by rep and time.

    ``now`` carries its offset. What is past is mostly done, and still planned where a recording will tell of it; what
    is to come is planned. Annie Gagnon left the bakery six minutes ago, whatever the hour.
    """
    rows = []
    for rep in REPS:
        rep_zone = rep.zone(zone)
        appointments = _usual(rep, clients, now, rep_zone)
        if rep.email == ANNIE:
            appointments = _around_now(rep, appointments, now, rep_zone)
        appointments = _with_known(appointments, rep, now)
        rows += [_row(appointment, now) for appointment in sorted(appointments, key=lambda one: one.starts)]
    return rows


def is_working_day(day: date) -> bool:
    """Tell whether the reps are on the road on ``day``."""
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def _usual(rep: Rep, clients: list[Row], now: datetime, zone: ZoneInfo) -> list[Appointment]:
    """Return an ordinary month, without the known clients: a recording tells of each of their visits."""
    known = {client.ref for client in KNOWN}
    portfolio = [
        row for row in clients if row["manager"] == rep.email and row["status"] in VISITABLE and row["ref"] not in known
    ]
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=offset) for offset in range(-WINDOW.days, WINDOW.days + 1)]
    return [one for day in days if is_working_day(day) for one in _day(rep, portfolio, day, zone)]


def _day(rep: Rep, portfolio: list[Row], day: date, zone: ZoneInfo) -> list[Appointment]:
    random = draws("agenda", rep.email, day)
    weights = [CATEGORY_WEIGHTS[row["category"]] for row in portfolio]
    appointments: list[Appointment] = []
    starts = datetime.combine(day, OPENING, zone) + timedelta(minutes=random.choice((0, 15, 30)))
    for number in range(1, random.choice((3, 4, 4, 5, 5, 6)) + 1):
        kind = random.choices(tuple(MINUTES), KIND_WEIGHTS)[0]
        ends = starts + timedelta(minutes=random.choice(MINUTES[kind]))
        if ends > datetime.combine(day, CLOSING, zone):
            break
        client = random.choices(portfolio, weights)[0]["ref"]
        ref = f"A{day:%Y%m%d}-{rep.number:02}-{number}"
        appointments.append(Appointment(ref, rep, client, kind, starts, ends, random.random()))
        starts = ends + timedelta(minutes=random.choice((15, 30, 60)))
    return appointments


def _around_now(rep: Rep, usual: list[Appointment], now: datetime, zone: tzinfo) -> list[Appointment]:
    """Put the visit just over and the next one in, and take out what they leave no time for."""
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    just_over = _visit(rep, BAKERY, minute - SINCE_BAKERY - timedelta(minutes=45), zone)
    next_one = _visit(rep, NEXT_STOP, minute + UNTIL_NEXT, zone)
    free = [one for one in usual if one.ends <= just_over.starts - TRAVEL or one.starts >= next_one.ends + TRAVEL]
    return [*free, just_over, next_one]


def _visit(rep: Rep, client: str, starts: datetime, zone: tzinfo) -> Appointment:
    """Return a visit of 45 minutes; the sum is done in UTC, since a clock change may fall into it."""
    local, ends = starts.astimezone(zone), (starts + timedelta(minutes=45)).astimezone(zone)
    return Appointment(f"A{local:%Y%m%d}-{rep.number:02}-{client}", rep, client, "visit", local, ends, 0, awaited=True)


def _with_known(appointments: list[Appointment], rep: Rep, now: datetime) -> list[Appointment]:
    """Give the latest past visits, and some to come, to the known clients of ``rep``."""
    known = [client for client in KNOWN if client.rep == rep.number]
    ordinary = sorted((one for one in appointments if not one.awaited), key=lambda one: one.starts)
    past = [one for one in reversed(ordinary) if one.ends <= now - TELLING]
    to_come = [one for one in ordinary if one.starts >= now + timedelta(days=2)]
    swaps = {one.ref: client.ref for one, client in zip(to_come[::3], known, strict=False)}
    swaps |= {one.ref: client.ref for one, client in zip(past, [one for one in known if one.visited], strict=False)}
    return [_with_client(one, swaps[one.ref]) if one.ref in swaps else one for one in appointments]


def _with_client(one: Appointment, client: str) -> Appointment:
    return replace(one, ref=f"{one.ref}-{client}", client=client, kind="visit", awaited=True)


def _state(one: Appointment, now: datetime) -> str:
    if one.awaited or one.ends > now:
        return "cancelled" if one.chance > 0.96 and not one.awaited else "planned"
    return "done" if one.chance < 0.8 else "cancelled" if one.chance < 0.9 else "planned"


def _row(one: Appointment, now: datetime) -> Row:
    state, language = _state(one, now), one.rep.language
    _, result = report(draws("report", one.ref), language)
    return {
        "ref": one.ref, "rep": one.rep.email, "client": one.client, "kind": one.kind,
        "subject": draws("subject", one.ref).choice(SUBJECTS[language][one.kind]), "starts_at": one.starts.isoformat(),
        "ends_at": one.ends.isoformat(), "state": state,
        "result": result if state == "done" else "",
    }  # fmt: skip
