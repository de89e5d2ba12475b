"""One connection: aiosmtpd's command loop, with mails streamed to the disk and a reply for each recipient over LMTP."""

import asyncio
from contextlib import ExitStack
from functools import partial
from typing import Final, cast

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, syntax

from mobile_gateway.mail.listener import replies
from mobile_gateway.mail.listener.arrival import Arrival, keep
from mobile_gateway.mail.listener.dots import DotText
from mobile_gateway.mail.listener.reception import Reception
from server.usecases.mails import Incoming

CHUNK: Final = 1 << 20
ABORT_AFTER: Final = 5.0
NOT_OFFERED: Final = ("AUTH", "STARTTLS", "EXPN", "HELP")

# For each command, how often in one connection: mail servers send many mails by one, nobody needs fifty greetings.
COMMANDS: Final = {"*": 50, "MAIL": 1_000, "RCPT": 10_000, "DATA": 1_000, "RSET": 1_000}


class Conversation(SMTP):
    """SMTP with one client. Neither relays nor authenticates, and tells nobody who exists."""

    def __init__(self, reception: Reception) -> None:
        parts, self._limits = reception.parts, reception.limits
        self._reception = reception
        self._entered = False
        self._busy = False
        self._leaving = False
        super().__init__(
            reception,
            data_size_limit=parts.largest,
            enable_SMTPUTF8=True,
            hostname=parts.domain,
            ident="ESMTP" if reception.road == "smtp" else "LMTP",
            timeout=self._limits.idle,
            command_call_limit=dict(COMMANDS),
            loop=asyncio.get_running_loop(),
        )
        self._ends_at = self.loop.time() + self._limits.session
        for name in NOT_OFFERED:
            self._smtp_methods.pop(name, None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let the client in, or say that there are too many."""
        self._origin = self._reception.origin(transport.get_extra_info("peername"))
        self._entered = self._reception.doors.enter(self._origin)
        if self._entered:
            self._reception.conversations.add(self)
            super().connection_made(transport)
            return
        stream = cast("asyncio.Transport", transport)
        stream.write(replies.CROWDED)
        stream.close()

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone."""
        if self._entered:
            self._reception.doors.leave(self._origin)
            self._reception.conversations.discard(self)
            super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """The client will say nothing more, which ends the conversation."""
        return super().eof_received() if self._entered else False

    def leave(self) -> None:
        """End the conversation: at once between two mails, else when the mail under way is answered."""
        self._leaving = True
        if not self._busy:
            self._close(replies.LEAVING)

    @syntax("VRFY <address>")
    async def smtp_VRFY(self, _arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """Told to nobody (RFC 5321 §7.3)."""
        await self.push("252 2.1.5 Not told; send the mail")

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        """Take a mail: streamed to the disk, synced, committed, and only then acknowledged."""
        if await self.check_helo_needed():
            return
        envelope = self.envelope
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 No recipients")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        self._busy = True
        try:
            for reply in await self._take(envelope):
                await self.push(reply)
        finally:
            self._busy = False
        self.envelope = self._create_envelope()
        self._reset_timeout()
        if self._leaving:
            self._close(replies.LEAVING)

    async def _take(self, envelope: Envelope) -> list[str]:
        sender, recipients = envelope.mail_from or "", envelope.rcpt_tos
        with ExitStack() as holding:
            try:
                incoming = holding.enter_context(self._reception.parts.services.blobs.incoming())
            except OSError as error:
                return [replies.trouble(error)]
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            refusal = await self._receive(incoming)
            if refusal is not None:
                return self._answers([refusal] * len(recipients))
            arrival = Arrival(self._reception.road, sender.strip("<>"), recipients, incoming, holding.pop_all())
            return self._answers(await self._reception.apart(partial(keep, self._reception.parts, arrival)))

    async def _receive(self, incoming: Incoming) -> str | None:
        """Stream the mail to its file; the reply if it cannot be taken, when it has all come."""
        text, refusal, seen = DotText(), None, 0
        largest = self._reception.parts.largest
        self._reset_timeout(self._limits.window)
        in_window = 0
        while not text.ended:
            chunk = await self._reader.read(CHUNK)
            if not chunk:
                raise ConnectionResetError
            lines = text.feed(chunk)
            seen += len(chunk)
            in_window += len(chunk)
            if in_window >= self._limits.window_bytes:
                self._reset_timeout(self._limits.window)
                in_window = 0
            refusal = refusal or _write(incoming, lines, largest)
            if seen > 2 * largest + CHUNK:
                self._leaving = True  # it does not listen to what was announced by SIZE
                return refusal
        self._stop_timeout()
        self._reader.feed_data(text.rest)
        return refusal

    def _answers(self, answers: list[str]) -> list[str]:
        """One for all recipients: taken only if all are. The sender's repeat does no harm to those that were."""
        return [next((answer for answer in answers if not answer.startswith("2")), answers[0])]

    def _reset_timeout(self, duration: float | None = None) -> None:
        # A conversation that goes on for too long ends between two mails.
        left = self._ends_at - self.loop.time()
        super()._reset_timeout(duration or max(0.001, min(self._limits.idle, left)))

    def _stop_timeout(self) -> None:
        # The disk and the database take the time they need.
        if self._timeout_handle is not None:
            self._timeout_handle.cancel()

    def _timeout_cb(self) -> None:
        self._close(replies.SILENT)

    def _close(self, farewell: bytes) -> None:
        if self.transport is None:
            return
        transport = cast("asyncio.Transport", self.transport)
        if not transport.is_closing():
            transport.write(farewell)
            transport.close()
        # A client that reads nothing would keep what is unsent, and its place, for ever.
        self.loop.call_later(ABORT_AFTER, transport.abort)


class LmtpConversation(Conversation, LMTP):
    """LMTP with our own mail server: after the mail one reply for each recipient that was taken (RFC 2033 §4.2)."""

    def _answers(self, answers: list[str]) -> list[str]:
        return answers


def _write(incoming: Incoming, lines: bytes, largest: int) -> str | None:
    if incoming.size + len(lines) > largest:
        return replies.too_large(largest)
    try:
        incoming.write(lines)
    except OSError as error:
        return replies.trouble(error)
    return None
