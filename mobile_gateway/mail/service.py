"""The two ways in for mail, together."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from mobile_gateway.mail.listener import Listener
from mobile_gateway.mail.mailbox import Mailbox
from mobile_gateway.mail.parts import MailParts

log = logging.getLogger("calepin.mail")


class MailService:
    """A listener, a mailbox, or both: each where there is an address for it.

    Raises ValueError, with a sentence that names the remedy, for an address or a URL that is none.
    """

    def __init__(self, parts: MailParts, listen: str, imap_url: str) -> None:
        self._listener = Listener(parts, listen) if listen else None
        self._mailbox = Mailbox(parts, imap_url) if imap_url else None

    def start(self) -> bool:
        """Take mail from now on, once. False where no mail can come in; why is logged, and nothing is raised."""
        listening = self._listener is not None and self._listener.start()
        if self._mailbox is not None:
            self._mailbox.start()
        return listening or self._mailbox is not None

    def stop(self) -> None:
        """Take no more; what is under way is finished, or comes again."""
        if self._mailbox is not None:
            self._mailbox.stop()
        if self._listener is not None:
            self._listener.stop()

    @contextmanager
    def taking(self) -> Iterator[bool]:
        """Take mail while the block runs; whether any can come in."""
        try:
            yield self.start()
        finally:
            self.stop()
