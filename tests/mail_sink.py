"""The next mail server: takes what we send, or refuses it, as a test wants."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.wire.service import free_port


@dataclass
class Sink:
    """What came, in its order; `replies` are given to the next mails, one each, and 250 to those after them."""

    port: int
    replies: list[str] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)

    @property
    def url(self) -> str:
        """As it stands in the settings."""
        return f"smtp://127.0.0.1:{self.port}?tls=off"

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken, read."""
        return [read(envelope) for envelope in list(self.envelopes)]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take it, or say what the test wants said."""
        if self.replies:
            return self.replies.pop(0)
        self.envelopes.append(envelope)
        return "250 OK"


@contextmanager
def sink(replies: Sequence[str] = (), **options: Any) -> Iterator[Sink]:
    """A mail server on loopback until the block ends; options are aiosmtpd's."""
    taking = Sink(free_port(), list(replies))
    controller = Controller(taking, hostname="127.0.0.1", port=taking.port, **options)
    controller.start()
    try:
        yield taking
    finally:
        controller.stop()


def read(envelope: Envelope) -> EmailMessage:
    """A mail that was taken."""
    content = envelope.original_content or b""
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message
