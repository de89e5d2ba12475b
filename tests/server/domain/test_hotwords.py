"""Hotwords: who is likely to be named."""

from datetime import UTC, datetime, timedelta

from server.domain.activities import Activity, Kind, State
from server.domain.clients import Client
from server.domain.hotwords import CHARACTERS_A_TOKEN, hotwords

AT = datetime(2026, 11, 24, 15, tzinfo=UTC)


def client(number: int, name: str, *contacts: str) -> Client:
    """A client with that number as its id."""
    return Client(number, f"C{number}", name, "", "active", None, "", "", contacts=contacts)


def visit(client_id: int, minutes: int, state: State = State.PLANNED) -> Activity:
    """A visit of half an hour that begins so many minutes after AT."""
    start = AT + timedelta(minutes=minutes)
    half = timedelta(minutes=30)
    return Activity(client_id, "A", client_id, "C", "", Kind.VISIT, "", start, start + half, state)


def test_the_nearest_of_the_agenda_comes_first() -> None:
    """The visit just over, then the later ones, each with its contact; then the others as they come."""
    known = [client(1, "Un"), client(2, "Deux", "Marie Roy"), client(3, "Trois"), client(4, "Quatre")]
    agenda = [visit(3, 120), visit(2, -35), visit(4, 10, State.CANCELLED)]
    assert hotwords(AT, agenda, known, most=9) == ("Deux", "Marie Roy", "Trois", "Un", "Quatre")


def test_no_name_stands_there_twice() -> None:
    """Branches of one name and a client named like its contact take no room."""
    assert hotwords(AT, [], [client(1, "Roy", "ROY"), client(2, "Roy")]) == ("Roy",)


def test_names_fit_within_the_limit() -> None:
    """What does not fit is left out, and shorter names after it still get in."""
    known = [client(1, "A" * 60), client(2, "B" * 90), client(3, "C" * 30)]
    names = hotwords(AT, [], known, most=9, tokens=40)
    assert names == ("A" * 60, "C" * 30)
    assert sum(len(name) for name in hotwords(AT, [], [client(n, f"Client {n:04}") for n in range(500)], most=500)) < (
        200 * CHARACTERS_A_TOKEN
    )


def test_names_are_as_they_are_said() -> None:
    """Legal forms are left out; a name that is nothing else stays."""
    known = [client(1, "Garage Roy & Fils ltée"), client(2, "Dubé inc., Ltd."), client(3, "Compagnie")]
    assert hotwords(AT, [], known) == ("Garage Roy & Fils", "Dubé", "Compagnie")


def test_few_names_are_given() -> None:
    """Three at most: more mislead the engine oftener than they help it."""
    assert hotwords(AT, [visit(3, -35)], [client(n, f"Client {n}") for n in range(9)]) == (
        "Client 3",
        "Client 0",
        "Client 1",
    )


def test_an_empty_portfolio_has_none() -> None:
    """Nobody known, nobody named, even if the agenda has a client that left."""
    assert hotwords(AT, [visit(9, 0)], []) == ()
