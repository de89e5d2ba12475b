"""Who comes in: how many connections there are, and from where."""

import ipaddress
from collections import Counter
from dataclasses import dataclass
from typing import Any

from mobile_gateway.mail.listener.limits import Limits


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a connection comes from. `ours`: from a mail server of ours, which has limits of its own."""

    place: str
    ours: bool


def origin_of(peername: Any, *, lmtp: bool) -> Origin:
    """The origin of a connection with this socket address.

    Over LMTP only our own mail server speaks (RFC 2033 §5); from this machine too. An IPv6 network counts as one place.
    """
    try:
        address = ipaddress.ip_address(peername[0].partition("%")[0])
    except (ValueError, TypeError, IndexError):
        return Origin("?", lmtp)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    ours = lmtp or address.is_loopback
    if address.version == 4:
        return Origin(str(address), ours)
    return Origin(str(ipaddress.ip_network((address, 64), strict=False)), ours)


class Doors:
    """Counts the connections that are open. Used from one thread."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._inside: Counter[str] = Counter()

    def enter(self, origin: Origin) -> bool:
        """Let one more in, if there is room; it has to `leave` then."""
        if self._inside.total() >= self._limits.connections:
            return False
        if not origin.ours and self._inside[origin.place] >= self._limits.connections_each:
            return False
        self._inside[origin.place] += 1
        return True

    def leave(self, origin: Origin) -> None:
        """One that had entered is gone."""
        self._inside[origin.place] -= 1
        if not self._inside[origin.place]:
            del self._inside[origin.place]
