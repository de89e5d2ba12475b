"""Bulk files of contacts."""

from sqlalchemy import select

from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.contacts import ContactRow
from tests.server.usecases.imports.conftest import Import, csv, figures, on_sqlite, refusals


def test_contacts_are_known_by_client_and_name(database: Database, known: Import) -> None:
    """Two clients may each have one of the same name."""
    file = csv("client,name,title,phone,email", "C1,Luc Roy,,418-555-0101,Luc@X.example", "C2,Luc Roy,Chef,,")
    assert figures(known("contacts", file)) == (2, 0, 0, 0)
    assert figures(known("contacts", file.replace("Chef", "Directeur"))) == (0, 1, 1, 0)
    with database.reading() as session:
        found = session.execute(
            select(ClientRow.ref, ContactRow.title, ContactRow.email).join(
                ClientRow, ClientRow.id == ContactRow.client_id
            )
        )
        assert set(found) == {("C1", "", "luc@x.example"), ("C2", "Directeur", "")}


@on_sqlite
def test_a_contact_of_nobody_is_rejected(known: Import) -> None:
    """An unknown client, none at all, and a name that is missing are each told."""
    outcome = known("contacts", csv("client,name,email", "C7,Luc,", ",Luc,", "C1,,", "C1,Luc,not an address"))
    assert refusals(outcome) == [
        (2, "client", "client-unknown"),
        (3, "client", "cell-empty"),
        (4, "name", "cell-empty"),
        (5, "email", "not-an-address"),
    ]
