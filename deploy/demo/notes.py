"""Written notes: one for every activity that is done, and some of the weeks before."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from deploy.demo.agenda import is_working_day
from deploy.demo.chance import Row, draws
from deploy.demo.known import BAKERY, KNOWN
from deploy.demo.people import BY_EMAIL, REPS, Rep
from deploy.demo.phrases import BAKERY_NOTES, NAMED, OUTCOMES, report


def note_rows(clients: list[Row], activities: list[Row], now: datetime, zone: ZoneInfo) -> list[Row]:
    """Return the notes as rows of ``notes.csv``; none was recorded after ``now``."""
    return [
        *(_closing(activity, now) for activity in activities if activity["state"] == "done"),
        *_about_known(now, zone),
        *_naming_a_client(clients, now, zone),
    ]


def _closing(activity: Row, now: datetime) -> Row:
    """Return the note that let the rep complete ``activity``, written within minutes of its end."""
    ended = datetime.fromisoformat(activity["ends_at"])
    delay = timedelta(minutes=draws("delay", activity["ref"]).randint(1, 12))
    recorded = min(ended + delay, now.astimezone(ended.tzinfo))
    rep, ref = BY_EMAIL[activity["rep"]], activity["ref"]
    text, _ = report(draws("report", ref), rep.language)
    return _row(f"N{ref[1:]}", rep, recorded, now, text, client=activity["client"], activity=ref)


def _about_known(now: datetime, zone: ZoneInfo) -> list[Row]:
    """Return two notes for every known client, three for the bakery."""
    rows = []
    for client in KNOWN:
        rep = REPS[client.rep - 1]
        for number in range(3 if client.ref == BAKERY else 2):
            random = draws("earlier", client.ref, number)
            text = BAKERY_NOTES[number] if client.ref == BAKERY else report(random, rep.language)[0]
            at = _weeks_ago(random, 9 - 3 * number, now, rep, zone)
            rows.append(_row(f"N{at:%Y%m%d}-{client.ref}", rep, at, now, text, client=client.ref))
    return rows


def _naming_a_client(clients: list[Row], now: datetime, zone: ZoneInfo) -> list[Row]:
    """Return one note a rep that belongs to a client by what it says alone."""
    rows = []
    for rep in REPS:
        random = draws("named", rep.email)
        portfolio = [row for row in clients if row["manager"] == rep.email and row["status"] == "active"]
        opening = random.choice(NAMED[rep.language]).format(client=random.choice(portfolio)["name"].removesuffix("."))
        outcome = random.choice(OUTCOMES[rep.language])[0].format(n=random.randint(4, 30))
        at = _weeks_ago(random, 4, now, rep, zone)
        rows.append(_row(f"N{at:%Y%m%d}-{rep.number:02}-named", rep, at, now, opening + outcome))
    return rows


def _weeks_ago(random: Random, weeks: int, now: datetime, rep: Rep, zone: ZoneInfo) -> datetime:
    """Return a working hour of ``rep`` about ``weeks`` (3 or more) before ``now``: the same one all week long."""
    today = now.astimezone(rep.zone(zone)).date()
    day = today - timedelta(days=today.weekday(), weeks=weeks) + timedelta(days=random.randrange(4))
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(random.randint(9, 16), random.randrange(60)), rep.zone(zone))


def _row(
    ref: str, rep: Rep, recorded: datetime, now: datetime, text: str, *, client: str = "", activity: str = ""
) -> Row:
    received = min(recorded + timedelta(seconds=20), now.astimezone(recorded.tzinfo))
    return {
        "ref": ref, "rep": rep.email, "recorded_at": _seconds(recorded), "received_at": _seconds(received),
        "device_time": _seconds(received), "language": rep.language, "text": text, "client": client,
        "activity": activity,
    }  # fmt: skip


def _seconds(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
