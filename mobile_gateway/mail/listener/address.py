"""Where to listen, as it stands in the settings."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Road = Literal["smtp", "lmtp"]


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """`127.0.0.1:8025`, `smtp://…` or `lmtp://…`. Port 0 lets the system choose one."""

    road: Road
    host: str
    port: int


def parse_listen(text: str) -> ListenAddress:
    """The address in a setting; raises ValueError with a sentence for anything that is none."""
    parts = urlsplit(text if "://" in text else f"smtp://{text}")
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("smtp", "lmtp") or not parts.hostname or port is None or parts.path.strip("/"):
        msg = f"“{text}” is no address to listen on. Remedy: write host:port or lmtp://host:port."
        raise ValueError(msg)
    return ListenAddress("lmtp" if parts.scheme == "lmtp" else "smtp", parts.hostname, port)
