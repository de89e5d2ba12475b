"""A mail that came in, as values: who wrote it, what it holds, and what is wrong with it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class FaultKind(StrEnum):
    """What is wrong with a mail, or was left out of it because it was beyond a limit."""

    TOO_LARGE = "too-large"  # only its headers were read
    TOO_MANY_PARTS = "too-many-parts"
    TOO_DEEP = "too-deep"
    TOO_MANY_RECORDINGS = "too-many-recordings"
    TOO_MUCH_DECODED = "too-much-decoded"
    TEXT_TOO_LONG = "text-too-long"
    HEADERS_TOO_LONG = "headers-too-long"
    HEADER_TOO_LONG = "header-too-long"
    BAD_ENCODING = "bad-encoding"  # a damaged recording is kept as it came
    BAD_TNEF = "bad-tnef"
    BAD_DATE = "bad-date"
    BAD_BOUNDARY = "bad-boundary"
    EMPTY_RECORDING = "empty-recording"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `detail` names the header or file, cleaned, at most 100 characters."""

    kind: FaultKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """`address` as written, its domain in lower case; `name` decoded, one line."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording in a mail.

    name     its file name, without folders or control characters; empty where there was none
    type     the media type that was claimed, or that the name's suffix says
    damaged  its transfer encoding was broken: `data` are the bytes as they came, still encoded
    """

    name: str
    type: str
    data: bytes = field(repr=False)
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """An iCalendar object: its method in upper case (empty: none), and whether it is within a forwarded mail."""

    method: str
    text: str = field(repr=False)
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Automatic:
    """Signs that no person wrote this, or that no answer is wanted (RFC 3834 and what is done in practice).

    auto_submitted  the keyword of Auto-Submitted, lower case; empty without the header
    precedence      Precedence, lower case
    mailing_list    List-Id or another List header
    null_return_path `Return-Path: <>`
    report          report-type of a multipart/report: `delivery-status`, `disposition-notification`, …
    suppress        the keywords of X-Auto-Response-Suppress, lower case
    auto_reply      the header or the subject of an out-of-office answer
    robot           mailer-daemon, postmaster and no-reply as sender
    loop            X-Calepin-Loop: we have sent it ourselves
    """

    auto_submitted: str = ""
    precedence: str = ""
    mailing_list: str = ""
    null_return_path: bool = False
    report: str = ""
    suppress: tuple[str, ...] = ()
    auto_reply: bool = False
    robot: bool = False
    loop: str = ""

    @property
    def unanswerable(self) -> bool:
        """Whether an automatic answer would be wrong."""
        return bool(
            self.auto_submitted not in ("", "no")
            or self.precedence in ("bulk", "list", "junk", "auto_reply")
            or {"all", "oof", "autoreply"}.intersection(self.suppress)
            or self.mailing_list
            or self.null_return_path
            or self.report
            or self.auto_reply
            or self.robot
            or self.loop
        )


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery status (RFC 3464): the recipients it is about, and the mail of ours that it answers, where it says."""

    recipients: tuple[str, ...]
    action: str = ""
    status: str = ""
    message_id: str | None = None
    loop: str = ""


@dataclass(frozen=True, slots=True)
class TraceField:
    """A Received or Authentication-Results header; `name` in lower case, `value` unfolded and otherwise as it came."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail.

    message_id, in_reply_to, references   without angle brackets and spaces
    from_count  addresses in all From headers together; anything but 1 is suspicious
    delivered_to  Delivered-To and X-Original-To, topmost first
    date        aware, between 1970 and 2100; None where there is none that can be believed
    subject     decoded, one line
    text        what it says, decoded, lines ended by "\\n"
    own_text    the same without quoted history and signature
    trace       Received and Authentication-Results, topmost first
    """

    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    sender: Address | None = None
    from_count: int = 0
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    date: datetime | None = None
    subject: str = ""
    text: str = ""
    own_text: str = ""
    recordings: tuple[Recording, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    automatic: Automatic = Automatic()
    bounce: Bounce | None = None
    trace: tuple[TraceField, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def authentication_results(self) -> tuple[str, ...]:
        """The Authentication-Results headers, topmost first."""
        return tuple(one.value for one in self.trace if one.name == "authentication-results")

    @property
    def received_count(self) -> int:
        """How many Received headers there are."""
        return sum(one.name == "received" for one in self.trace)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the From domain is proved: `method` is `dmarc` or `dkim`, `reason` says why not."""

    passed: bool
    method: str = ""
    domain: str = ""
    reason: str = ""


class CommandKind(StrEnum):
    """What a mail wants."""

    NOTE = "note"
    BRIEF = "brief"
    HELP = "help"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Command:
    """`name`: whose brief is wanted. `digit`: the choice, 1 to 9, that answers a question."""

    kind: CommandKind
    name: str = ""
    digit: int | None = None
