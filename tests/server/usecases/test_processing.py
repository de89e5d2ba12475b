"""Whom to ask whose note it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.domain.notes import Draft
from server.domain.policy import Policy
from server.store import notes
from server.store.database import Database
from server.store.tables.devices import DeviceRow
from server.usecases import processing
from tests.company import ANNIE, found

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "by_device", "hours_ago", "asked"),
    [
        ("Le garage veut un devis", True, 0, ANNIE.id),
        ("Le garage veut un devis", False, 0, None),
        ("Le garage veut un devis", True, 2, None),
        ("Garage Roy et Fils veut un devis", True, 0, None),
        ("Acheter du lait", True, 0, None),
    ],
)
def test_only_whoever_recorded_an_unclear_note_just_now_is_asked(
    database: Database, tmp_path: Path, text: str, by_device: bool, hours_ago: int, asked: int | None
) -> None:
    """Not for imported or mailed notes, old ones, sure ones, nor for those that are about nobody likely."""
    at = NOW - timedelta(hours=hours_ago)
    with database.transaction() as session:
        found(session, NOW - timedelta(days=3))
        device = DeviceRow(uid="d", rep_id=ANNIE.id, name="Bold", platform="BB", state="active", created_at=NOW)
        device.token_digest = "t"
        session.add(device)
        session.flush()
        draft = Draft(recorded_at=at, received_at=at, text=text, clock_given=True)
        added = notes.add(session, ANNIE.id, device.id if by_device else None, draft)
        processing.link_note(session, Policy(), added.uid)
        processing.finish(session, added.uid)
        assert processing.whom_to_ask(session, added.uid, NOW) == asked
    database.close()
