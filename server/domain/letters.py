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


class Receipt(StrEnum):
    """When a rep is told what became of a note that came by mail: `trouble` is whatever they have to see to."""

    OFF = "off"
    TROUBLE = "trouble"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a rep wants by mail.

    brief_minutes  so long before each activity they get the brief; 0: not at all
    digest_hour    at that hour of their clock they get the day's activities; None: not at all
    """

    receipt: Receipt = Receipt.TROUBLE
    brief_minutes: int = 15
    digest_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to a rep. Two letters with the same key are one, for ever: `key` says what it is about.

    recipient  the rep's registered address; never one that a mail itself gave
    automatic  an answer to a mail: null return path (RFC 3834), and so many an hour; else bounces come back to us
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
