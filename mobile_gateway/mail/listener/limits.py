"""What one client, one address and one sender may take of the listener."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and then so many again spread over so many seconds."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes. “Each” is for each address that is no mail server of ours.

    connections       open at once
    connections_each  of these, from one address
    mails_each        mails begun by one address
    refusals_each     refused recipients of one address: nobody tries out secret addresses
    mails_sender      mails from one return path, however they come
    recipients        of one mail (RFC 5321 §4.5.3.1.8 wants 100)
    idle              between two commands
    session           a connection's age at which it is ended between two mails
    window, window_bytes  while a mail is sent, so many bytes have to come in each window
    farewell          for mails under way when the service stops
    hands             mails made durable at once
    """

    connections: int = 128
    connections_each: int = 16
    mails_each: Pace = Pace(600, 60)
    refusals_each: Pace = Pace(30, 600)
    mails_sender: Pace = Pace(10_000, 3600)
    recipients: int = 100
    idle: float = 120.0
    session: float = 3600.0
    window: float = 60.0
    window_bytes: int = 60_000
    farewell: float = 8.0
    hands: int = 8


USUAL: Final = Limits()
