"""A mail of ours as bytes: seven bits, text first, no header that a value could break."""

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from server.domain.brief_text import clean
from server.usecases.mails import Outgoing

NAME: Final = "Calepin"
LOOP_HEADER: Final = "X-Calepin-Loop"
LONGEST_ID: Final = 900  # a line has 998 characters at most (RFC 5322 section 2.1.1)

_POLICY: Final = SMTP.clone(cte_type="7bit")
_MESSAGE_ID: Final = re.compile(rf"[!-;=?-~]{{1,{LONGEST_ID}}}", re.ASCII)
_METHOD: Final = re.compile(r"^METHOD(?:;[^:\r\n]*)?:\s*([A-Za-z]{1,20})\s*$", re.MULTILINE | re.ASCII)


class Unwritable(Exception):
    """The recipient's address cannot stand in a header or an envelope."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What is handed to the next server. `sender` is empty for the null return path (RFC 5321 section 4.5.5)."""

    sender: str
    recipient: str
    content: bytes


def compose(mail: Outgoing, domain: str) -> Composed:
    """The same bytes for the same mail whenever it is tried: `Message-ID` is its uid, `Date` when it was made.

    An answer (`automatic`) has the null return path, so that nothing comes back to it; for what we send by ourselves
    bounces come to us. Both say that a machine wrote them (RFC 3834). Raises Unwritable.
    """
    recipient = _ascii_address(mail.recipient)
    notes = f"notes@{domain}"
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(NAME, addr_spec=notes)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = clean(mail.subject)
    message["Date"] = format_datetime(mail.created_at.replace(microsecond=0))
    message["Auto-Submitted"] = "auto-replied" if mail.automatic else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange's word for what Auto-Submitted says to all others
    message[LOOP_HEADER] = domain
    _fill(message, mail)
    head = _identity(mail, domain).encode("ascii")
    return Composed("" if mail.automatic else notes, recipient, head + message.as_bytes())


def _fill(message: EmailMessage, mail: Outgoing) -> None:
    message.set_content(_text(mail.text), charset="utf-8", cte="quoted-printable")
    if mail.html:
        message.add_alternative(_text(mail.html), subtype="html", charset="utf-8", cte="quoted-printable")
    if mail.calendar:
        found = _METHOD.search(mail.calendar)
        message.add_alternative(
            _text(mail.calendar),
            subtype="calendar",
            charset="utf-8",
            cte="base64",
            params={"method": found[1].upper() if found else "PUBLISH"},
        )


def _identity(mail: Outgoing, domain: str) -> str:
    # By hand: the library folds long ids into encoded words, which nobody finds again.
    lines = f"Message-ID: <{mail.uid}@{domain}>\r\n"
    answered = (mail.in_reply_to or "").strip().removeprefix("<").removesuffix(">")
    if _MESSAGE_ID.fullmatch(answered):
        lines += f"In-Reply-To: <{answered}>\r\nReferences: <{answered}>\r\n"
    return lines


def _text(text: str) -> str:
    """Whatever is no text is left out: NUL, and half a surrogate pair."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-8", "ignore").decode("utf-8")


def _ascii_address(address: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    try:
        spec = f"{local}@{domain.encode('idna').decode('ascii')}"
        spec.encode("ascii")
        parsed = Address(addr_spec=spec)
    except (ValueError, IndexError, MessageError) as error:
        raise Unwritable from error
    if not local or not domain or parsed.addr_spec != spec or re.search(r"[\s<>\x00-\x1f\x7f]", spec):
        raise Unwritable
    return spec
