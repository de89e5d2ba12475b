"""Bulk files of clients."""

from sqlalchemy import select

from server.store.database import Database
from server.store.tables.clients import ClientAliasRow, ClientRow
from server.store.tables.people import ClientShareRow, PersonRow
from tests.server.usecases.imports.conftest import CLIENTS, REPS, Import, csv, figures, on_sqlite, refusals


def client(database: Database, ref: str) -> ClientRow:
    """The row of a client."""
    with database.reading() as session:
        return session.scalars(select(ClientRow).where(ClientRow.ref == ref)).one()


def aliases(database: Database) -> set[tuple[str, str]]:
    """All aliases by reference."""
    query = select(ClientRow.ref, ClientAliasRow.alias).join(ClientAliasRow, ClientAliasRow.client_id == ClientRow.id)
    with database.reading() as session:
        return set(session.execute(query))


def shares(database: Database) -> set[tuple[str, str]]:
    """Who shares which client."""
    query = (
        select(ClientRow.ref, PersonRow.email)
        .join(ClientShareRow, ClientShareRow.client_id == ClientRow.id)
        .join(PersonRow, PersonRow.id == ClientShareRow.person_id)
    )
    with database.reading() as session:
        return set(session.execute(query))


def test_clients_come_in_by_reference(database: Database, bring_in: Import) -> None:
    """With their account manager and aliases; the same file again changes nothing."""
    bring_in("reps", REPS)
    assert figures(bring_in("clients", CLIENTS)) == (2, 0, 0, 0)
    assert figures(bring_in("clients", CLIENTS)) == (0, 0, 2, 0)
    row = client(database, "C1")
    assert (row.name, row.category, row.territory, row.city, row.contact) == (
        "Garage Roy",
        "A",
        "T1",
        "Québec",
        "Luc Roy",
    )
    assert (row.segment, row.potential, row.phone, row.version) == ("PME", "10", "418-555-0101", 0)
    assert row.manager_id is not None
    assert aliases(database) == {("C1", "GR"), ("C1", "Roy")}


def test_a_changed_client_renews_its_brief_only(database: Database, known: Import) -> None:
    """Its version goes up; the other's does not."""
    assert figures(known("clients", CLIENTS.replace("Laval", "Longueuil"))) == (0, 1, 1, 0)
    assert (client(database, "C1").version, client(database, "C2").version) == (0, 1)
    assert client(database, "C2").city == "Longueuil"


def test_aliases_are_replaced(database: Database, known: Import) -> None:
    """They are those of the file, and none if the cell is empty; without the column they stay."""
    known("clients", csv("ref,alias", "C1,Chez Roy", "C2,La Boulange | Côté "))
    assert aliases(database) == {("C1", "Chez Roy"), ("C2", "La Boulange"), ("C2", "Côté")}
    known("clients", csv("ref,city", "C1,Gatineau"))
    known("clients", csv("ref,alias", "C2,"))
    assert aliases(database) == {("C1", "Chez Roy")}


@on_sqlite
def test_missing_columns_leave_what_is_there(database: Database, known: Import) -> None:
    """An empty cell takes the default."""
    known("clients", csv("ref,status,manager", "C1,,"))
    row = client(database, "C1")
    assert (row.name, row.status, row.manager_id, row.city) == ("Garage Roy", "active", None, "Québec")


@on_sqlite
def test_an_unknown_account_manager_is_named(database: Database, known: Import) -> None:
    """The row is rejected; its neighbours are kept."""
    outcome = known("clients", csv("ref,name,manager", "C8,Eight,nobody@x.example", "C9,Nine,ANNIE@calepin.example"))
    assert figures(outcome) == (1, 0, 0, 1)
    assert refusals(outcome) == [(2, "manager", "rep-unknown")]
    assert "nobody@x.example" in outcome.rejected[0].told("en")
    assert client(database, "C9").manager_id is not None


def test_the_later_of_two_rows_wins(database: Database, known: Import) -> None:
    """They count as if the second had come in a later file, within a batch and across batches."""
    many = [f"N{number},New,Laval" for number in range(1_200)]
    outcome = known(
        "clients", csv("ref,name,city", "C9,Nine,Laval", "C9,Neuf,Lévis", *many, "C9,Neuf,Lévis", "N0,Old,Laval")
    )
    assert figures(outcome) == (1_201, 2, 1, 0)
    assert (client(database, "C9").name, client(database, "C9").city) == ("Neuf", "Lévis")
    assert client(database, "N0").name == "Old"


def test_a_client_can_be_shared(database: Database, known: Import) -> None:
    """With several people, by address; an unknown one rejects the row."""
    shared = "annie@calepin.example|marc@calepin.example"
    outcome = known("clients", csv("ref,shared_with", f"C1,{shared}", "C2,marc@calepin.example|who@x.example"))
    assert refusals(outcome) == [(3, "shared_with", "rep-unknown")]
    assert shares(database) == {("C1", "annie@calepin.example"), ("C1", "marc@calepin.example")}
    known("clients", csv("ref,shared_with", "C1,marc@calepin.example"))
    assert shares(database) == {("C1", "marc@calepin.example")}


@on_sqlite
def test_what_looks_like_code_is_kept_as_text(database: Database, known: Import) -> None:
    """As it was written: showing it is the pages' care."""
    known("clients", csv("ref;name;city", 'F1;"=HYPERLINK(""http://x"")";<script>alert(1)</script>'))
    row = client(database, "F1")
    assert (row.name, row.city) == ('=HYPERLINK("http://x")', "<script>alert(1)</script>")


@on_sqlite
def test_a_name_too_long_and_a_missing_one_are_told(known: Import) -> None:
    """A new client needs a name; no database truncates one silently."""
    outcome = known("clients", csv("ref,name", f"L1,{'x' * 201}", "L2,", ",L3"))
    assert refusals(outcome) == [(2, "name", "cell-too-long"), (3, "name", "cell-empty"), (4, "ref", "cell-empty")]
    outcome = known("clients", csv("ref,city", "L4,Laval"))
    assert refusals(outcome) == [(2, "name", "cell-empty")]
