"""One message of a mailbox: fetched, made durable, and only then put away."""

import logging
from imaplib import IMAP4

from imap_tools.errors import ImapToolsError
from sqlalchemy.exc import SQLAlchemyError

from mobile_gateway.mail import keeping
from mobile_gateway.mail.mailbox.connection import Connection
from mobile_gateway.mail.mailbox.envelope import HEADERS, envelope_of
from mobile_gateway.mail.mailbox.folders import TOO_LARGE, UNREADABLE, Folders
from mobile_gateway.mail.parts import MailParts
from server.usecases.mails import Incoming

log = logging.getLogger("calepin.mail")


class Empty(Exception):
    """The server gives no bytes of this message."""


def deliver(parts: MailParts, connection: Connection, folders: Folders, uid: int) -> None:
    """Take the message in. It is put away when it is safe here, too large, or not to be had.

    Raises what the disk, the database and a lost connection raise: then the message is where it was.
    """
    try:
        inside = "" if _take(parts, connection, uid) else TOO_LARGE
    except (IMAP4.abort, OSError, SQLAlchemyError):
        raise
    except Exception as error:
        log.warning("message %d of the mailbox cannot be read (%s)", uid, type(error).__name__)
        inside = UNREADABLE
    put_away(folders, uid, inside)


def put_away(folders: Folders, uid: int, inside: str = "") -> None:
    """Move it out of the way; where the server does not let us, it stays, and that is said."""
    try:
        folders.put(uid, inside)
    except IMAP4.abort:
        raise
    except (ImapToolsError, IMAP4.error) as error:
        log.warning(
            "message %d stays where it is, for it cannot be moved to Calepin/%s (%s). Remedy: give the mailbox's user "
            "the right to make folders and to move messages",
            uid,
            inside,
            type(error).__name__,
        )


def _take(parts: MailParts, connection: Connection, uid: int) -> bool:
    """Whether it could be taken; False when it is too large. One that is gone meanwhile counts as taken."""
    size = connection.size(uid)
    if size is None:
        return True
    if size > parts.largest:
        return False
    with parts.services.blobs.incoming() as incoming:
        beginning = _receive(connection, uid, incoming, parts.largest)
        if beginning is None:
            return False
        envelope = envelope_of(beginning, parts.domain, parts.address)
        keeping.keep(parts, envelope, incoming, incoming.sync())
    return True


def _receive(connection: Connection, uid: int, incoming: Incoming, largest: int) -> bytes | None:
    """Its first bytes; None when there are more than was said, and than are taken."""
    beginning = b""
    for piece in connection.pieces(uid):
        if incoming.size + len(piece) > largest:
            return None
        incoming.write(piece)
        if len(beginning) < HEADERS:
            beginning += piece
    if not incoming.size:
        raise Empty
    return beginning
