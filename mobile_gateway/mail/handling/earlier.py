"""The order in which a rep sent things: a brief shows the recording that was mailed just before it was asked for."""

import time
from datetime import timedelta
from typing import Final

from mobile_gateway.mail.handling.case import Case
from server.usecases import mails, notes

LOOK_EVERY: Final = 0.05  # seconds
RECENT: Final = timedelta(minutes=2)  # a note that takes longer has trouble of its own


def wait(case: Case) -> None:
    """Return when what the sender sent before is done with, or patience is at its end: then the brief goes without."""
    end = time.monotonic() + case.parts.patience
    while _under_way(case) and time.monotonic() < end:
        time.sleep(LOOK_EVERY)


def _under_way(case: Case) -> bool:
    with case.parts.services.database.reading() as session:
        if mails.earlier(session, case.received):
            return True
        return notes.under_way(session, case.person, case.received.received_at - RECENT)
