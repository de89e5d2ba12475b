"""People: what they want by mail."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from server.domain.letters import Wishes
from server.store import people
from server.store.tables.people import PersonRow

LONGEST_LEAD: Final = 240  # minutes between the brief and the activity


def wishes(session: Session, person_id: int) -> Wishes:
    """What this person wants by mail."""
    return people.to_wishes(session.get_one(PersonRow, person_id))


def amend_wishes(session: Session, person_id: int, changes: Mapping[str, Any]) -> Wishes:
    """Change `receipt`, `brief_minutes` or `digest_hour`, values that a Wishes may hold; what they want from now on."""
    row = session.get_one(PersonRow, person_id, with_for_update=True)
    for name in ("receipt", "brief_minutes", "digest_hour"):
        if name in changes:
            setattr(row, name, changes[name])
    return people.to_wishes(row)
