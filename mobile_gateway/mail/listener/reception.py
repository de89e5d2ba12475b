"""The replies to commands before a mail is sent, and what all conversations of a listener share."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Final, Protocol, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session

from mobile_gateway.mail.listener import admission, replies
from mobile_gateway.mail.listener.address import Road
from mobile_gateway.mail.listener.doors import Doors, Origin, origin_of
from mobile_gateway.mail.listener.limits import Limits
from mobile_gateway.mail.listener.rates import Rate
from mobile_gateway.mail.parts import MailParts
from server.web import health

log = logging.getLogger("calepin.mail")

LONGEST_ADDRESS: Final = 254  # RFC 5321 §4.5.3.1.3, without the brackets
T = TypeVar("T")


class Leaving(Protocol):
    """A conversation, as far as it can be ended."""

    def leave(self) -> None:
        """End, but not in the middle of a mail."""


class Reception:
    """aiosmtpd's handler: one for all connections of a listener, used from its loop alone."""

    def __init__(self, parts: MailParts, road: Road, limits: Limits, pool: Executor) -> None:
        self.parts = parts
        self.road = road
        self.limits = limits
        self.doors = Doors(limits)
        self.conversations: set[Leaving] = set()
        self._pool = pool
        self._mails = Rate(limits.mails_each)
        self._refusals = Rate(limits.refusals_each)
        self._senders = Rate(limits.mails_sender)

    def origin(self, peername: object) -> Origin:
        """Where a connection with this socket address comes from."""
        return origin_of(peername, lmtp=self.road == "lmtp")

    async def apart(self, work: Callable[[], T]) -> T:
        """Run what waits for the disk or the database in another thread. Once begun it ends, whoever hangs up."""
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._pool, work))

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """The greeting; commands may be sent in a row (RFC 2920; RFC 2033 requires it)."""
        session.host_name = hostname
        return [*responses[:-1], "250-ENHANCEDSTATUSCODES", "250 PIPELINING"]

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The return path: how often it comes, and whether there is room for what is announced."""
        sender = "" if address == "<>" else address
        if sender and not _sound(sender):
            return replies.NO_ADDRESS
        origin = self.origin(session.peer)
        if not (origin.ours or self._mails.allow(origin.place)) or not self._senders.allow(sender.lower()):
            return replies.SLOWLY
        try:
            room = health.room(self.parts.services.blobs.root)
        except OSError as error:
            return replies.trouble(error)
        if room - _announced(options) < health.ROOM_NEEDED:
            return replies.NO_ROOM
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """A recipient: of our domain, and either a device's secret address or written to by somebody we know."""
        if len(envelope.rcpt_tos) >= self.limits.recipients:
            return replies.TOO_MANY_RECIPIENTS
        if not _sound(address):
            return replies.NO_ADDRESS
        sender = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
        try:
            refusal = await self.apart(lambda: admission.refusal(self.parts, sender, address))
        except Exception as error:
            return replies.trouble(error)
        if refusal is None:
            envelope.rcpt_tos.append(admission.canonical(address))
            return "250 2.1.5 OK"
        origin = self.origin(session.peer)
        if not (origin.ours or self._refusals.allow(origin.place)):
            # After the reply has been written.
            asyncio.get_running_loop().call_soon(_hang_up, server)
            return replies.GUESSING
        return refusal

    async def handle_exception(self, error: Exception) -> str:
        """What aiosmtpd stumbled over: an address that its parser cannot take, or a fault of ours."""
        log.warning("a command of a mail client failed: %s", type(error).__name__)
        return replies.NOT_NOW


def _sound(address: str) -> bool:
    return len(address) <= LONGEST_ADDRESS and address.isprintable() and " " not in address


def _announced(options: list[str]) -> int:
    sizes = [option.partition("=")[2] for option in options if option.startswith("SIZE=")]
    return int(sizes[0]) if sizes and sizes[0].isdecimal() else 0


def _hang_up(server: SMTP) -> None:
    if server.transport is not None:
        server.transport.close()
