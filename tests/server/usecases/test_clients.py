"""Finding clients."""

import pytest

from server.domain.errors import NotFound
from server.domain.policy import Policy
from server.store.database import Database
from server.usecases import clients
from tests.company import ANNIE, BOB

OPEN = Policy()


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("boulangerie tremblay", "C1"),
        ("tramblay", "C1"),
        ("TREMBL", "C1"),
        ("Chez Tremblay", "C1"),
        ("garrage roi", "C2"),
        ("granby", "C2"),
        ("papetrie", "C4"),
        ("c2", "C2"),
    ],
)
def test_typing_errors_are_forgiven(company: Database, query: str, best: str) -> None:
    """A misspelt, shortened or other name, a city or a reference finds the client first."""
    with company.reading() as session:
        found = clients.find(session, ANNIE, OPEN, query, 5)
    assert [match.client.ref for match in found][:1] == [best]


@pytest.mark.parametrize("query", ["hardware smith", "zzzz", "' OR 1=1 --"])
def test_what_is_not_one_s_own_is_not_found(company: Database, query: str) -> None:
    """Another's client, nonsense and SQL find nothing."""
    with company.reading() as session:
        assert clients.find(session, ANNIE, OPEN, query, 5) == []
        with pytest.raises(NotFound):
            clients.choose(session, ANNIE, OPEN, query)


def test_without_a_query_the_list_is_by_name(company: Database) -> None:
    """An empty query lists what the reader sees."""
    with company.reading() as session:
        assert [match.client.ref for match in clients.find(session, BOB, OPEN, "", 10)] == ["C3", "C4"]
