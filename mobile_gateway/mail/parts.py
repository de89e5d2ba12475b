"""What the mail gateway works with."""

from dataclasses import dataclass

from server.web.services import Services


@dataclass(frozen=True, slots=True)
class MailParts:
    """The services, and how mail comes and goes.

    domain       our mail domain; addresses are `notes@domain` and `notes+SECRET@domain`
    authserv_id  the name of our own MTA in Authentication-Results (RFC 8601); empty: those headers prove nothing
    relay        `smtp[s]://user:password@host:port`, the server that takes our mail; empty: nothing is sent
    largest      bytes of one mail
    patience     seconds that a brief waits for what its sender sent before it
    """

    services: Services
    domain: str
    authserv_id: str = ""
    relay: str = ""
    largest: int = 100 * 1024 * 1024
    patience: float = 10.0

    @property
    def address(self) -> str:
        """The address that everything can be written to."""
        return f"notes@{self.domain}"
