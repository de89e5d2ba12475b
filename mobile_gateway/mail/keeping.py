"""Making a mail that came in durable, whichever way it came."""

from mobile_gateway.mail.parts import MailParts
from server.usecases import mails
from server.usecases.mails import Envelope, Incoming, Kept


def keep(parts: MailParts, envelope: Envelope, incoming: Incoming, kept: Kept) -> str | None:
    """Commit a mail that is synced: bytes, row and job in one transaction. When this returns, it may be acknowledged.

    The uid of a mail that is new; None for one that is there already. Raises what the database and the disk raise.
    """
    services = parts.services
    with services.database.transaction() as session:
        return mails.take(session, services.queue, services.blobs, envelope, incoming, kept, services.clock())
