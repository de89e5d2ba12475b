"""One mail to the next server, by SMTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from mobile_gateway.mail.sending.message import Composed
from mobile_gateway.mail.sending.relay import Relay
from server.domain.brief_text import clean

CONNECT_SECONDS: Final = 20.0
ANSWER_SECONDS: Final = 120.0  # who scans a mail for viruses before the 250 may take its time
QUIT_SECONDS: Final = 2.0
WANTS_LOGIN: Final = frozenset({530, 534, 535, 538})  # our settings are wrong, not the mail (RFC 4954)


class Refused(Exception):
    """The server will never take this mail. The message is for administrators."""


class RelayFault(ConnectionError):
    """The mail is not with the next server, or nobody knows whether it is: to be tried again. It names nobody."""


def deliver(relay: Relay, mail: Composed, name: str) -> None:
    """Return when the server has taken responsibility for the mail; `name` is what we call ourselves.

    Raises Refused for a 5xx answer to the mail itself, RelayFault for everything else that went wrong: the server away
    or busy, a certificate that does not hold, a login that fails, a connection that breaks before the answer.
    """
    asyncio.run(_deliver(relay, mail, name))


def greet(relay: Relay, name: str) -> str:
    """Connect, log in and leave, to see that it works; how it is connected, in words. Raises RelayFault."""
    return asyncio.run(_greet(relay, name))


async def _deliver(relay: Relay, mail: Composed, name: str) -> None:
    async with _connected(relay, name) as server:
        try:
            await server.sendmail(mail.sender, mail.recipient, mail.content, timeout=ANSWER_SECONDS)
        except (SMTPException, OSError) as error:
            answer = _answer(error)
            if answer and answer.code >= 500 and answer.code not in WANTS_LOGIN:
                raise Refused(f"{answer.code} {clean(answer.message)}"[:250]) from error
            raise RelayFault(_told(relay, answer or error)) from error


async def _greet(relay: Relay, name: str) -> str:
    async with _connected(relay, name) as server:
        secured = server.get_transport_info("sslcontext") is not None
        return "by TLS" if secured else "without TLS"


@asynccontextmanager
async def _connected(relay: Relay, name: str) -> AsyncIterator[SMTP]:
    server = SMTP(
        hostname=relay.host,
        port=relay.port,
        username=relay.user or None,
        password=relay.password or None,
        local_hostname=name,
        use_tls=relay.security == "tls",
        start_tls={"tls": None, "offered": None, "starttls": True, "none": False}[relay.security],
        timeout=CONNECT_SECONDS,
    )
    try:
        await server.connect()
    except (SMTPException, OSError, ValueError) as error:
        raise RelayFault(_told(relay, _answer(error) or error)) from error
    try:
        yield server
    finally:
        # The mail is theirs by now, or it is not: how the conversation ends changes nothing.
        with suppress(SMTPException, OSError):
            await server.quit(timeout=QUIT_SECONDS)
        server.close()


def _answer(error: Exception) -> SMTPResponseException | None:
    """What the server answered, if that was the matter; of one recipient, what it said to it."""
    if isinstance(error, SMTPRecipientsRefused):
        return error.recipients[0]
    return error if isinstance(error, SMTPResponseException) else None


def _told(relay: Relay, error: Exception) -> str:
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return f"{relay.place} does not take our login ({error.code}). Remedy: check CALEPIN_SMTP_RELAY."
    if isinstance(error, SMTPResponseException):
        return f"{relay.place} answers {error.code}"
    if "certificate" in str(error).lower():
        return (
            f"{relay.place} has a certificate that cannot be trusted. Remedy: call it by the name in its certificate, "
            "have that signed by an authority this machine knows (SSL_CERT_FILE), or on this machine end with ?tls=off."
        )
    if isinstance(error, aiosmtplib.SMTPTimeoutError):
        return f"{relay.place} does not answer in time"
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{relay.place}: {clean(reason or type(error).__name__)[:200]}"
