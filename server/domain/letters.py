"""Mail of ours: what is written to a rep, and where a mail stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailState(StrEnum):
    """`received`: safe, to be handled. `handled`: done. `set-aside`: kept with a reason, for the administrators."""

    RECEIVED = "received"
    HANDLED = "handled"
    SET_ASIDE = "set-aside"


class OutgoingState(StrEnum):
    """`waiting`: to be sent. `sent`: the next server has it. `failed`: given up, for the administrators."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to a rep. Two letters with the same key are one, for ever: `key` says what it is about.

    recipient  the rep's registered address; never one that a mail itself gave
    automatic  an answer of the machine's: null return path, `Auto-Submitted` (RFC 3834)
    due_at     not before that instant; at once without it
    until      given up after that instant; three days without it
    """

    key: str
    rep_id: int
    recipient: str
    subject: str
    text: str
    html: str | None = None
    calendar: str | None = None
    in_reply_to: str | None = None
    automatic: bool = True
    due_at: datetime | None = None
    until: datetime | None = None
