"""Which recipients are taken: the cheap checks before a mail is sent."""

from typing import Final

from mobile_gateway.mail.parts import MailParts
from server.usecases import mails

CALENDARS: Final = frozenset({"calendar-server.bounces.google.com"})

NOT_HERE: Final = "550 5.7.1 Not taken: this server takes mail for its own domain only"
NOT_KNOWN: Final = (
    "550 5.7.1 Not taken: write from the address you are registered with, or to the secret address of your device"
)


def canonical(recipient: str) -> str:
    """The address in lower case, but for what follows a `+`, where a credential may stand."""
    local, _, domain = recipient.rpartition("@")
    name, plus, secret = local.partition("+")
    return f"{name.lower()}{plus}{secret}@{domain.lower()}"


def refusal(parts: MailParts, sender: str, recipient: str) -> str | None:
    """The reply to a recipient that is not taken, None for one that is. Raises what the database raises.

    A device's secret address (`anything+SECRET`) is taken from anybody; any other address of our domain from active
    people only, and from the null return path, so that bounces can be recorded. Invitations come under the envelope of
    the calendar's maker; whose they are is proved by their author's domain. The reply tells nobody which addresses
    exist.
    """
    local, _, domain = recipient.rpartition("@")
    if not local or domain.lower() != parts.domain.lower():
        return NOT_HERE
    secret = local.partition("+")[2]
    with parts.services.database.reading() as session:
        if secret:
            known = mails.device_of_address(session, secret) is not None
        else:
            known = not sender or _calendar(sender) or mails.person_by_address(session, sender) is not None
    return None if known else NOT_KNOWN


def _calendar(sender: str) -> bool:
    return sender.lower().rpartition("@")[2] in CALENDARS
