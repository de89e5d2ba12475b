"""The results of activities that came in as a bulk file, kept as the notes that the closing rule asks for."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from server.domain.notes import Draft, LinkStatus, NoteState
from server.store import notes as stored_notes
from server.store.tables.activities import ActivityRow
from server.store.tables.notes import NoteRow
from server.usecases.imports.columns import Values
from server.usecases.imports.noun import Desk
from server.usecases.imports.writing import update_all

LONGEST_REF = 100


def result_ref(activity: str) -> str:
    """The reference of the note that holds an activity's result; one too long is shortened to a digest."""
    ref = f"{activity}-result"
    return ref if len(ref) <= LONGEST_REF else f"{hashlib.sha256(activity.encode()).hexdigest()}-result"


def keep_results(desk: Desk, activities: Sequence[Values]) -> None:
    """Write the result of each activity as a text note of its rep, or over the one that it wrote before.

    The note is confirmed to the activity and needs no work: there is nothing to decode and nothing to find out.
    """
    if not activities:
        return
    session = desk.session
    refs = [result_ref(activity["ref"]) for activity in activities]
    there = dict(session.execute(select(NoteRow.ref, NoteRow.id).where(NoteRow.ref.in_(refs))).all())
    named = select(ActivityRow.ref, ActivityRow.id).where(ActivityRow.ref.in_([one["ref"] for one in activities]))
    ids = dict(session.execute(named).all())
    written = [
        {"id": there[ref], "text": activity["result"]}
        for ref, activity in zip(refs, activities, strict=True)
        if ref in there
    ]
    new = [
        _linked(_add(desk, activity, ref), ids[activity["ref"]], activity)
        for ref, activity in zip(refs, activities, strict=True)
        if ref not in there
    ]
    update_all(session, NoteRow, written)
    update_all(session, NoteRow, new)


def _add(desk: Desk, activity: Values, ref: str) -> int:
    recorded_at = min(activity["ends_at"], desk.now)
    draft = Draft(recorded_at, desk.now, text=activity["result"], activity=activity["ref"], ref=ref, clock_given=True)
    return stored_notes.add(desk.session, activity["rep"], None, draft).id


def _linked(note: int, activity_id: int, activity: Values) -> Values:
    evidence = {
        "kind": activity["kind"],
        "starts_at": activity["starts_at"].isoformat(),
        "ends_at": activity["ends_at"].isoformat(),
    }
    return {
        "id": note,
        "state": NoteState.PROCESSED,
        "link_status": LinkStatus.CONFIRMED,
        "client_id": activity["client"],
        "activity_id": activity_id,
        "confidence": 1.0,
        "evidence": [{"code": "said-activity", "values": evidence}],
    }
