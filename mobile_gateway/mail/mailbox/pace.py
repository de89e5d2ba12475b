"""How often a mailbox is looked into."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """All in seconds.

    answer       for the server to answer a command
    look         between two looks at a server that cannot tell of new mail (IDLE, RFC 2177)
    idle         the longest wait for it to tell; then we look ourselves
    breath       between two looks at whether we have to stop
    first_retry  after a failure; then twice as long each time
    last_retry   the longest of these
    """

    answer: float = 60.0
    look: float = 15.0
    idle: float = 60.0
    breath: float = 1.0
    first_retry: float = 1.0
    last_retry: float = 300.0


USUAL: Final = Pace()
