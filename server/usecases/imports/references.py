"""Looking up in bulk what the cells of a batch refer to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.store import clients as stored_clients
from server.store.tables.people import PersonRow
from server.usecases.imports.columns import Values
from server.usecases.imports.noun import Reference

PROMISED = -1  # the id, in a dry run, of what does not exist yet


def person(column: str) -> Reference:
    """A reference to somebody by e-mail; their id takes its place."""

    def find(session: Session, emails: Sequence[str]) -> dict[str, Values]:
        rows = session.execute(select(PersonRow.email, PersonRow.id).where(PersonRow.email.in_(emails)))
        return {row.email: {column: row.id} for row in rows}

    return Reference(column, "reps", "rep-unknown", find, {column: PROMISED})


def rep(zone: str) -> Reference:
    """A reference to the rep of a row: the id takes its place, and `zone` becomes the name of the rep's time zone."""

    def find(session: Session, emails: Sequence[str]) -> dict[str, Values]:
        rows = session.execute(
            select(PersonRow.email, PersonRow.id, PersonRow.timezone).where(PersonRow.email.in_(emails))
        )
        return {row.email: {"rep": row.id, "zone": row.timezone} for row in rows}

    return Reference("rep", "reps", "rep-unknown", find, {"rep": PROMISED, "zone": zone})


def client() -> Reference:
    """A reference to a client; its id takes its place."""

    def find(session: Session, refs: Sequence[str]) -> dict[str, Values]:
        return {ref: {"client": found} for ref, found in stored_clients.ids_by_ref(session, refs).items()}

    return Reference("client", "clients", "client-unknown", find, {"client": PROMISED})
