"""Activities and the closing rule."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.errors import Conflict, NoteRequired
from server.domain.policy import Policy


class Kind(StrEnum):
    """How a rep meets a client."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"


class State(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Activity:
    """A visit, call or meeting of one rep with one client; times are UTC."""

    id: int
    ref: str
    client_id: int
    client_ref: str
    client_name: str
    kind: Kind
    subject: str
    starts_at: datetime
    ends_at: datetime
    state: State = State.PLANNED
    result: str = ""
    noted: bool = False


def check_completion(activity: Activity, policy: Policy) -> None:
    """The closing rule: raises NoteRequired where the policy wants a note and none belongs to the activity.

    A cancelled activity raises Conflict; completing what is done already is no error.
    """
    subject = activity.subject or activity.client_name
    if activity.state is State.CANCELLED:
        raise Conflict("activity-cancelled", subject=subject)
    if activity.state is State.DONE or activity.noted or activity.kind not in policy.note_required:
        return
    raise NoteRequired(subject=subject, activity=activity.ref)
