"""The job: hand one mail to the next server."""

import logging

from mobile_gateway.mail.parts import MailParts
from mobile_gateway.mail.sending.delivery import Refused, deliver
from mobile_gateway.mail.sending.message import Unwritable, compose
from mobile_gateway.mail.sending.relay import parse_relay
from server.usecases import mails

logger = logging.getLogger(__name__)


def send_mail(parts: MailParts, uid: str) -> None:
    """Send a mail that is still due; nothing if it is not, or if there is no relay: then it waits.

    Raises RelayFault where it may go better later: the job is then tried again, ever more slowly, until the mail's
    time is over. What the server refuses for good is given up, and the audit log says so.

    A crash between the server's 250 and our own commit leaves the mail due, and it is sent once more with the same
    Message-ID, by which the recipient's system can tell. It is never sent twice knowingly, and never forgotten.
    """
    services = parts.services
    if not parts.relay:
        return
    with services.database.transaction() as session:
        mail = mails.due(session, uid, services.clock())
    if mail is None:
        return
    try:
        deliver(parse_relay(parts.relay), compose(mail, parts.domain), parts.domain)
    except Refused as refusal:
        _give_up(parts, uid, str(refusal))
        return
    except Unwritable:
        _give_up(parts, uid, "address cannot be written")
        return
    with services.database.transaction() as session:
        mails.sent(session, uid, services.clock())
    logger.info("mail %s: sent", uid)


def _give_up(parts: MailParts, uid: str, reason: str) -> None:
    with parts.services.database.transaction() as session:
        mails.given_up(session, uid, reason, parts.services.clock())
    # Not the server's words: they may quote the address.
    logger.warning("mail %s: given up (%s); the audit log says why", uid, reason[:3])
