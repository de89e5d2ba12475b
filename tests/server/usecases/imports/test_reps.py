"""Bulk files of people."""

from sqlalchemy import select, update

from server.domain.people import Role
from server.store import people
from server.store.database import Database
from server.store.tables.clients import ClientRow
from server.store.tables.people import PersonRow
from tests.server.usecases.imports.conftest import REPS, Import, csv, figures, on_sqlite, refusals


def test_people_come_in_by_address(database: Database, bring_in: Import) -> None:
    """Territories and roles may be several; a new file changes what differs and nothing else."""
    assert figures(bring_in("reps", REPS)) == (2, 0, 0, 0)
    changed = REPS.replace("Marc Roy", "Marc Leroy").replace("annie@", "ANNIE@")
    assert figures(bring_in("reps", changed)) == (0, 1, 1, 0)
    with database.reading() as session:
        marc = people.by_email(session, "marc@calepin.example")
    assert marc is not None
    assert (marc.name, marc.language, marc.timezone) == ("Marc Leroy", "en", "America/Halifax")
    assert marc.roles == {Role.REP, Role.MANAGER}
    assert marc.territories == {"T2", "T3"}


def test_missing_columns_take_the_organisations_defaults_and_leave_what_is_there(
    database: Database, bring_in: Import
) -> None:
    """A new person is a rep in the organisation's language and zone; a known one keeps their own."""
    bring_in("reps", REPS)
    outcome = bring_in("reps", csv("email,name", "new@calepin.example,New", "annie@calepin.example,Annie Gagnon"))
    assert figures(outcome) == (1, 0, 1, 0)
    with database.reading() as session:
        new = people.by_email(session, "new@calepin.example")
        annie = people.by_email(session, "annie@calepin.example")
    assert new is not None
    assert (new.language, new.timezone) == ("en", "America/Toronto")
    assert (set(new.roles), set(new.territories)) == ({Role.REP}, set())
    assert annie is not None
    assert annie.language == "fr"


@on_sqlite
def test_an_empty_cell_means_the_default(database: Database, bring_in: Import) -> None:
    """A column that is there and empty takes back what was there."""
    bring_in("reps", REPS)
    assert figures(bring_in("reps", csv("email,territory,role", "marc@calepin.example,,"))) == (0, 1, 0, 0)
    with database.reading() as session:
        marc = people.by_email(session, "marc@calepin.example")
    assert marc is not None
    assert (set(marc.territories), set(marc.roles)) == (set(), {Role.REP})


@on_sqlite
def test_what_cannot_be_understood_is_told_by_row_and_field(bring_in: Import) -> None:
    """The good rows are kept."""
    outcome = bring_in(
        "reps",
        csv(
            "email,name,language,timezone,role",
            "a@x.example,A,fr,America/Toronto,rep",
            "nobody,B,,,",
            "c@x.example,,,,",
            "d@x.example,D,klingon,,",
            "e@x.example,E,,Laval,",
            "f@x.example,F,,,king",
        ),
    )
    assert figures(outcome) == (1, 0, 0, 5)
    assert refusals(outcome) == [
        (3, "email", "not-an-address"),
        (4, "name", "cell-empty"),
        (5, "language", "not-a-choice"),
        (6, "timezone", "not-a-zone"),
        (7, "role", "not-a-choice"),
    ]
    assert outcome.rejected[0].told("en") == "“nobody” is no e-mail address. Write it like name@company.example."
    assert outcome.rejected[3].told("fr").startswith("« Laval » n'est pas un fuseau horaire.")


def test_a_new_name_of_an_account_manager_renews_the_briefs(database: Database, known: Import) -> None:
    """The clients' versions go up, those of other managers do not."""
    with database.transaction() as session:
        session.execute(update(ClientRow).values(version=0))
    known("reps", csv("email,name", "annie@calepin.example,Annie Gagnon-Roy"))
    with database.reading() as session:
        versions = dict(session.execute(select(ClientRow.ref, ClientRow.version)).all())
    assert versions == {"C1": 1, "C2": 0}


def test_a_person_who_left_stays_away(database: Database, bring_in: Import) -> None:
    """An import does not bring back whom the administrator has shut out."""
    bring_in("reps", REPS)
    with database.transaction() as session:
        session.execute(update(PersonRow).values(active=False))
    bring_in("reps", REPS.replace("Gagnon", "Roy"))
    with database.reading() as session:
        assert set(session.scalars(select(PersonRow.active))) == {False}
