"""A small company for tests: two reps with a portfolio each, a manager, an administrator."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from server.domain.people import Person, Role
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientAliasRow, ClientRow
from server.store.tables.disbursements import DisbursementRow
from server.store.tables.people import ClientShareRow, PersonRow

ANNIE = Person(1, "annie@example.com", "Annie Gagnon", "fr")
BOB = Person(2, "bob@example.com", "Bob Fraser", "en")
SYLVIE = Person(
    3, "sylvie@example.com", "Sylvie Roy", "fr", roles=frozenset({Role.MANAGER}), territories=frozenset({"T1"})
)
DENIS = Person(4, "denis@example.com", "Denis Lafleur", "fr", roles=frozenset({Role.ADMINISTRATOR}))


def found(session: Session, now: datetime) -> None:
    """Write it all.

    C1 Boulangerie Tremblay and C2 Garage Roy are Annie's (territory T1), C3 Hardware Smith is Bob's (T2), C4 Papeterie
    Morin is Bob's and shared with Annie. A1 is Annie's visit to C1 that ended six minutes ago, A2 her next one to C2,
    A3 Bob's visit to C3 three days ago.
    """
    for person in (ANNIE, BOB, SYLVIE, DENIS):
        session.add(_person(person))
    session.flush()
    for number, (name, manager, city, territory) in enumerate(
        (
            ("Boulangerie Tremblay inc.", ANNIE, "Laval", "T1"),
            ("Garage Roy & Fils ltée", ANNIE, "Granby", "T1"),
            ("Hardware Smith Ltd.", BOB, "Montréal", "T2"),
            ("Papeterie Morin", BOB, "Montréal", "T2"),
        ),
        1,
    ):
        session.add(
            ClientRow(
                ref=f"C{number}", name=name, manager_id=manager.id, city=city, territory=territory, updated_at=now
            )
        )
        session.flush()
    session.add(ClientAliasRow(client_id=1, alias="Chez Tremblay"))
    session.add(ClientShareRow(client_id=4, person_id=ANNIE.id))
    hour = timedelta(hours=1)
    for ref, rep, client_id, starts_at, ends_at in (
        ("A1", ANNIE, 1, now - timedelta(minutes=51), now - timedelta(minutes=6)),
        ("A2", ANNIE, 2, now + hour, now + 2 * hour),
        ("A3", BOB, 3, now - timedelta(days=3), now - timedelta(days=3) + hour),
    ):
        session.add(
            ActivityRow(
                ref=ref, rep_id=rep.id, client_id=client_id, subject="Suivi", starts_at=starts_at, ends_at=ends_at
            )
        )
    for ref, days, amount in (("D1", 0, "1250.50"), ("D2", 370, "1000.00")):
        date = (now - timedelta(days=days)).date()
        session.add(DisbursementRow(ref=ref, client_id=1, date=date, amount=Decimal(amount)))
    session.flush()


def _person(person: Person) -> PersonRow:
    return PersonRow(
        id=person.id,
        email=person.email,
        name=person.name,
        language=person.language,
        roles="|".join(sorted(person.roles)),
        territories="|".join(sorted(person.territories)),
    )
