"""The server that takes our mail, as it stands in the settings."""

from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

Security = Literal["tls", "starttls", "offered", "none"]
PORTS: Final = {"smtps": 465, "smtp": 25}
LOOPBACK: Final = ("127.", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Relay:
    """Where mail goes, and how. The password is not shown when this is printed.

    security  `tls` from the first byte; `starttls`: TLS or nothing; `offered`: TLS where the server has it; `none`
    """

    security: Security
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """What may be shown of it."""
        return f"{self.host}:{self.port}"


def parse_relay(url: str) -> Relay:
    """The relay in `smtp[s]://user:password@host:port`; a ValueError says what is wrong.

    `smtps` is TLS from the first byte, `smtp` turns it on where the server offers it; a password goes to another
    machine by TLS only. Certificates are always verified. `?tls=off` does without, for a server on this machine
    whose certificate nobody signed.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    known = parts.query in ("", "tls=off") and not parts.path.strip("/")
    half_a_login = (parts.username is None) != (parts.password is None)
    if not port or not parts.hostname or not known or half_a_login:
        msg = "CALEPIN_SMTP_RELAY is no relay. Remedy: write smtps://user:password@host:port, with %40 for an @."
        raise ValueError(msg)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    here = parts.hostname.startswith(LOOPBACK)
    off = bool(parts.query)
    if off and (parts.scheme == "smtps" or (user and not here)):
        msg = (
            "CALEPIN_SMTP_RELAY would send a password that anybody on the way can read. "
            "Remedy: leave ?tls=off out, or write smtp:// without a password."
        )
        raise ValueError(msg)
    return Relay(_security(parts.scheme, off=off, login=bool(user), here=here), parts.hostname, port, user, password)


def _security(scheme: str, *, off: bool, login: bool, here: bool) -> Security:
    if scheme == "smtps":
        return "tls"
    if off:
        return "none"
    return "starttls" if login and not here else "offered"
