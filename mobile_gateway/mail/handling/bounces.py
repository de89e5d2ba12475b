"""Delivery failures of our own mails (RFC 3464)."""

from typing import Final

from mobile_gateway.mail.handling.letters import uid_of
from mobile_gateway.mail.parts import MailParts
from server.domain.mails import Mail
from server.usecases import mails
from server.usecases.mails import Received

NOT_FINAL: Final = frozenset({"delayed", "delivered", "relayed", "expanded"})


def is_report(mail: Mail) -> bool:
    """Whether it tells what became of another mail, and nothing else."""
    return mail.bounce is not None or bool(mail.automatic.report)


def note(parts: MailParts, received: Received, mail: Mail) -> None:
    """Mark the mail of ours that could not be delivered; the uid in it was known to its recipient alone."""
    bounce = mail.bounce
    with parts.services.database.transaction() as session:
        uid = uid_of(bounce.message_id, parts.domain) if bounce else None
        if bounce and uid and bounce.action not in NOT_FINAL:
            mails.given_up(session, uid, f"bounced {bounce.status}".strip(), parts.services.clock())
        mails.handled(session, received.uid)
