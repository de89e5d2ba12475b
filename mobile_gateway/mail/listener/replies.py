"""What the listener says (RFC 5321, RFC 3463)."""

import logging
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from server.web.problems import is_full

log = logging.getLogger("calepin.mail")

KEPT: Final = "250 2.0.0 Kept"
NO_ROOM: Final = "452 4.3.1 No room left here: try again later"
NOT_NOW: Final = "451 4.3.0 Not possible right now: try again later"
SLOWLY: Final = "451 4.7.1 Too many mails: try again later"
TOO_MANY_RECIPIENTS: Final = "452 4.5.3 Too many recipients: send the rest in another mail"
NO_ADDRESS: Final = "553 5.1.3 Not an address"
GUESSING: Final = "421 4.7.0 Too many recipients that are not taken: try again later"
CROWDED: Final = b"421 4.3.2 Too many connections: try again later\r\n"
SILENT: Final = b"421 4.4.2 Too slow: closing\r\n"
LEAVING: Final = b"421 4.3.2 The service is stopping: try again in a moment\r\n"


def too_large(largest: int) -> str:
    """The reply to a mail of more bytes than that."""
    return f"552 5.3.4 Too large: {largest // 1_000_000} MB at most"


def trouble(error: Exception) -> str:
    """The temporary refusal for what the disk or the database raised; it is logged here."""
    if is_full(error):
        log.error("no room left for mail: make room in the data folder")
        return NO_ROOM
    known = isinstance(error, OSError | SQLAlchemyError)
    log.error("a mail could not be kept: %s", type(error).__name__, exc_info=None if known else error)
    return NOT_NOW
