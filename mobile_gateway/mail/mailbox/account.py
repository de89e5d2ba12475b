"""Which mailbox to read, as it stands in the settings."""

import hashlib
import ipaddress
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

Security = Literal["tls", "starttls", "none"]
PORTS: Final = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, slots=True)
class Account:
    """A folder of a mailbox, and how to get there. The password is not shown when this is printed."""

    security: Security
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str

    @property
    def name(self) -> str:
        """What how far it was read is remembered by: 64 characters."""
        return hashlib.sha256(f"{self.user}@{self.host}:{self.port}/{self.folder}".encode()).hexdigest()


def parse_account(url: str) -> Account:
    """The account in `imap[s]://user:password@host:port/folder`; a ValueError says what is wrong.

    `imaps` is TLS from the first byte. `imap` turns it on by STARTTLS, except to this machine itself.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname or not parts.username or parts.password is None:
        msg = "CALEPIN_IMAP_URL is no mailbox. Remedy: write imaps://user:password@host/folder, with %40 for an @."
        raise ValueError(msg)
    plain: Security = "none" if _is_loopback(parts.hostname) else "starttls"
    return Account(
        security="tls" if parts.scheme == "imaps" else plain,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
