"""The demo company is the same everywhere, whole in itself, and has something just over at any hour."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from deploy.demo.known import BAKERY, NEXT_STOP
from deploy.demo.people import ANNIE
from deploy.demo.world import World, build

ZONE = ZoneInfo("America/Toronto")
TUESDAY = datetime(2026, 5, 12, 14, 37, 22, tzinfo=ZONE)
AWKWARD = {
    "Tuesday afternoon": TUESDAY,
    "Sunday at three": datetime(2026, 5, 17, 3, 0, tzinfo=ZONE),
    "just after the clocks went forward": datetime(2026, 3, 8, 7, 3, tzinfo=UTC),
    "in the hour that comes twice": datetime(2026, 11, 1, 6, 4, tzinfo=UTC),
    "New Year, minutes after midnight": datetime(2027, 1, 1, 0, 2, tzinfo=ZONE),
    "29 February": datetime(2028, 2, 29, 9, 0, tzinfo=ZONE),
}
COLUMNS = {
    "reps": "email,name,language,territory,timezone,role",
    "clients": "ref,name,alias,category,status,territory,manager,city,contact,phone,segment,potential",
    "contacts": "client,name,title,phone,email",
    "activities": "ref,rep,client,kind,subject,starts_at,ends_at,state,result",
    "disbursements": "ref,client,date,amount,currency,kind",
    "notes": "ref,rep,recorded_at,received_at,device_time,language,text,client,activity",
}


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    """The company at every awkward moment."""
    return {name: build(now, ZONE) for name, now in AWKWARD.items()}


@pytest.fixture(params=AWKWARD)
def world(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    """The company at one of the awkward moments."""
    return worlds[request.param]


def moment(text: str) -> datetime:
    """Return the time in ``text``, which has an offset."""
    value = datetime.fromisoformat(text)
    assert value.tzinfo is not None
    return value


def test_same_moment_gives_the_same_company(worlds: dict[str, World]) -> None:
    """Building twice at one moment gives equal rows."""
    assert build(TUESDAY, ZONE) == worlds["Tuesday afternoon"]


def test_moment_without_offset_is_refused() -> None:
    """A moment whose zone is unknown is refused with what to do."""
    with pytest.raises(ValueError, match="offset"):
        build(TUESDAY.replace(tzinfo=None), ZONE)


def test_people_clients_and_contacts_do_not_depend_on_the_day(worlds: dict[str, World]) -> None:
    """Whoever builds the company on another day meets the same people at the same clients."""
    first, *others = worlds.values()
    assert all((one.reps, one.clients, one.contacts) == (first.reps, first.clients, first.contacts) for one in others)


def test_ordinary_activities_stay_where_they_were_the_next_day(worlds: dict[str, World]) -> None:
    """A day later an activity has the same client and times under the same ref."""
    fixed = ("client", "starts_at", "ends_at", "rep")
    before = {row["ref"]: [row[key] for key in fixed] for row in worlds["Tuesday afternoon"].activities}
    after = {row["ref"]: [row[key] for key in fixed] for row in build(TUESDAY + timedelta(days=1), ZONE).activities}
    both = before.keys() & after.keys()
    assert len(both) > 800
    assert {ref: before[ref] for ref in both} == {ref: after[ref] for ref in both}


@pytest.mark.parametrize("kind", COLUMNS)
def test_rows_have_exactly_the_columns_of_the_bulk_file(world: World, kind: str) -> None:
    """Every row of a kind has its columns, in their order, and nothing but text."""
    rows = getattr(world, kind)
    assert {",".join(row) for row in rows} == {COLUMNS[kind]}
    assert all(isinstance(value, str) for row in rows for value in row.values())


def test_company_is_as_large_as_promised(world: World) -> None:
    """Twelve reps and two more people, 1,500 clients in portfolios of about 125, thousands of disbursements."""
    assert Counter(row["role"] for row in world.reps) == {"rep": 12, "manager": 1, "administrator": 1}
    assert len(world.clients) == 1500
    portfolios = Counter(row["manager"] for row in world.clients)
    assert len(portfolios) == 12
    assert all(95 <= size <= 155 for size in portfolios.values())
    assert 1000 <= len(world.contacts) <= 2000
    assert 3000 <= len(world.disbursements) <= 9000
    assert 350 <= len(world.notes) <= 600


def test_refs_are_unique(world: World) -> None:
    """No two rows of a kind have one ref, no two people one address, no two contacts of a client one name."""
    for rows in (world.clients, world.activities, world.disbursements, world.notes):
        assert len({row["ref"] for row in rows}) == len(rows)
    assert len({row["email"] for row in world.reps}) == len(world.reps)
    assert len({(row["client"], row["name"]) for row in world.contacts}) == len(world.contacts)


def test_references_resolve_within_the_portfolio(world: World) -> None:
    """Activities and notes are of a rep at a client of that rep; contacts and disbursements of a client that exists."""
    managers = {row["ref"]: row["manager"] for row in world.clients}
    activities = {row["ref"]: row for row in world.activities}
    reps = {row["email"] for row in world.reps if row["role"] == "rep"}
    assert set(managers.values()) == reps
    assert all(managers[row["client"]] == row["rep"] for row in world.activities)
    assert all(row["client"] in managers for row in [*world.contacts, *world.disbursements])
    assert {row["rep"] for row in world.notes} == reps
    assert all(managers[row["client"]] == row["rep"] for row in world.notes if row["client"])
    told = [(row, activities[row["activity"]]) for row in world.notes if row["activity"]]
    assert all((note["rep"], note["client"]) == (activity["rep"], activity["client"]) for note, activity in told)


def test_some_notes_are_left_to_linking(world: World) -> None:
    """Each rep has a note that names a client of the portfolio and has no reference to it."""
    names = {(row["manager"], row["name"].removesuffix(".")) for row in world.clients}
    loose = [row for row in world.notes if not row["client"] and not row["activity"]]
    assert len(loose) == 12
    for note in loose:
        assert any(rep == note["rep"] and name in note["text"] for rep, name in names)


def test_names_come_in_families_with_namesakes_in_two_cities(worlds: dict[str, World]) -> None:
    """A search has to choose between many a Tremblay, and between two shops of one name."""
    clients = worlds["Tuesday afternoon"].clients
    assert sum("Tremblay" in row["name"] for row in clients) >= 10
    shared = [name for name, count in Counter(row["name"] for row in clients).items() if count > 1]
    assert len(shared) >= 10
    for name in shared:
        cities = [row["city"] for row in clients if row["name"] == name]
        assert len(set(cities)) == len(cities)


def test_clients_cover_what_a_console_has_to_show(worlds: dict[str, World]) -> None:
    """Every category and status occurs; numbers are fictional and nobody else's; some clients have two aliases."""
    clients = worlds["Tuesday afternoon"].clients
    assert {row["category"] for row in clients} == {"A", "B", "C"}
    assert {row["status"] for row in clients} == {"active", "prospect", "dormant", "closed"}
    assert any("|" in row["alias"] for row in clients)
    phones = [row["phone"] for row in clients if row["phone"]]
    assert len(set(phones)) == len(phones) > 1000
    assert all(len(phone) == 12 and phone[:2] == "+1" and phone[5:10] == "55501" for phone in phones)


def test_done_activities_are_past_and_have_their_note(world: World) -> None:
    """The closing rule holds: what is done is over and one note refers to it; no note came from the future."""
    noted = Counter(row["activity"] for row in world.notes if row["activity"])
    done = [row for row in world.activities if row["state"] == "done"]
    assert len(done) > 250
    assert noted == Counter(row["ref"] for row in done)
    assert all(moment(row["ends_at"]) <= world.now for row in done)
    assert all(moment(row["recorded_at"]) <= moment(row["received_at"]) <= world.now for row in world.notes)


def test_agenda_before_notes_has_nothing_done(world: World) -> None:
    """A loader that brings the agenda in before the notes meets the closing rule nowhere."""
    before = world.agenda_before_notes()
    assert [row["ref"] for row in before] == [row["ref"] for row in world.activities]
    assert {row["state"] for row in before} == {"planned", "cancelled"}


def test_agenda_spans_two_weeks_each_way_in_the_reps_own_offset(world: World) -> None:
    """Every rep has activities before and after now, never two at once, each at the offset of that day and place."""
    zones = {row["email"]: ZoneInfo(row["timezone"]) for row in world.reps}
    assert len(set(zones.values())) == 2
    for email in {row["manager"] for row in world.clients}:
        times = [(moment(row["starts_at"]), moment(row["ends_at"])) for row in world.activities if row["rep"] == email]
        assert times[0][0] < world.now < times[-1][0]
        assert all(start < end for start, end in times)
        assert all(end <= start for (_, end), (start, _) in pairwise(times))
        assert all(value.utcoffset() == value.astimezone(zones[email]).utcoffset() for pair in times for value in pair)
        assert times[0][0] > world.now - timedelta(days=16)
        assert times[-1][1] < world.now + timedelta(days=16)


def test_annie_has_just_left_the_bakery(world: World) -> None:
    """Whatever the hour, her visit to the bakery ended six minutes ago and the next client waits in an hour."""
    hers = [row for row in world.activities if row["rep"] == ANNIE]
    over = [row for row in hers if moment(row["ends_at"]) <= world.now]
    to_come = [row for row in hers if moment(row["starts_at"]) > world.now]
    minute = world.now.replace(second=0, microsecond=0)
    assert len(over) + len(to_come) == len(hers)
    assert (over[-1]["client"], over[-1]["state"], over[-1]["kind"]) == (BAKERY, "planned", "visit")
    assert moment(over[-1]["ends_at"]) == minute - timedelta(minutes=6)
    assert (to_come[0]["client"], to_come[0]["state"]) == (NEXT_STOP, "planned")
    assert moment(to_come[0]["starts_at"]) == minute + timedelta(hours=1)
    bakery = next(row for row in world.clients if row["ref"] == BAKERY)
    assert (bakery["name"], bakery["manager"]) == ("Boulangerie Tremblay", ANNIE)
    assert sum(row["client"] == BAKERY for row in world.notes) == 3


def test_disbursements_are_exact_and_within_three_years(world: World) -> None:
    """Amounts have two decimals, most of them in CAD; dates reach three years back and never past today."""
    today = world.now.astimezone(ZONE).date()
    assert all(Decimal(row["amount"]).as_tuple().exponent == -2 for row in world.disbursements)
    currencies = Counter(row["currency"] for row in world.disbursements)
    assert currencies.keys() == {"CAD", "USD"}
    assert currencies["CAD"] > 5 * currencies["USD"] > 0
    dates = sorted(row["date"] for row in world.disbursements)
    assert dates[-1] <= today.isoformat()
    assert (today - timedelta(days=3 * 365 + 2)).isoformat() < dates[0] < (today - timedelta(days=1000)).isoformat()
    assert sum(row["client"] == BAKERY for row in world.disbursements) >= 35
