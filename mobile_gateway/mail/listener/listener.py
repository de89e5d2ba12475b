"""The server: a thread with a loop of its own, which the rest of the process does not wait for."""

import asyncio
import logging
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Final

import uvloop

from mobile_gateway.mail.listener.address import parse_listen
from mobile_gateway.mail.listener.conversation import Conversation, LmtpConversation
from mobile_gateway.mail.listener.limits import USUAL, Limits
from mobile_gateway.mail.listener.reception import Reception
from mobile_gateway.mail.parts import MailParts

log = logging.getLogger("calepin.mail")

BACKLOG: Final = 128


class Listener:
    """Takes mail at an address: `host:port`, or `lmtp://host:port` behind a mail server.

    It speaks plainly: behind a mail server, STARTTLS, spam and the world outside are that server's business.
    Raises ValueError for an address that is none.
    """

    def __init__(self, parts: MailParts, listen: str, limits: Limits = USUAL) -> None:
        self._parts = parts
        self._address = parse_listen(listen)
        self._limits = limits
        self._over = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bound: Future[int] = Future()
        self._thread = Thread(target=self._run, name="mail-listener", daemon=True)

    def start(self) -> bool:
        """Listen from now on, once. False, with a warning that names the remedy, where the address cannot be had."""
        # It would log commands, whose addresses hold devices' secrets.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self._thread.start()
        address = self._address
        try:
            port = self._bound.result()
        except OSError as error:
            log.warning(
                "no mail is taken: %s:%d cannot be listened on (%s). Remedy: end what listens there, or set "
                "CALEPIN_SMTP_LISTEN to another address, and start again",
                address.host,
                address.port,
                error.strerror or error,
            )
            return False
        log.info("taking mail for %s by %s at %s:%d", self._parts.domain, address.road, address.host, port)
        return True

    def stop(self) -> None:
        """Stop listening; mails under way are taken if they come soon. What is not acknowledged comes again."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._over.set)
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._bound.result()

    def _run(self) -> None:
        with ThreadPoolExecutor(self._limits.hands, "mail-keeper") as pool:
            reception = Reception(self._parts, self._address.road, self._limits, pool)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(self._serve(reception))

    async def _serve(self, reception: Reception) -> None:
        loop = asyncio.get_running_loop()
        kind = LmtpConversation if self._address.road == "lmtp" else Conversation
        try:
            server = await loop.create_server(
                lambda: kind(reception), self._address.host, self._address.port, backlog=BACKLOG
            )
        except OSError as error:
            self._bound.set_exception(error)
            return
        self._loop = loop
        self._bound.set_result(server.sockets[0].getsockname()[1])
        await self._over.wait()
        server.close()
        await _farewell(reception)


async def _farewell(reception: Reception) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + reception.limits.farewell
    for conversation in list(reception.conversations):
        conversation.leave()
    while reception.conversations and loop.time() < end:
        await asyncio.sleep(0.02)
