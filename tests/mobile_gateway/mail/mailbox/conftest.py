"""A mailbox on a real Dovecot, and the office of the listener's tests behind it."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from mobile_gateway.mail.mailbox import Mailbox
from mobile_gateway.mail.mailbox.pace import Pace
from tests.mobile_gateway.mail.listener.conftest import Office, office, small_office
from tests.wire import mail_servers
from tests.wire.mail_servers import Dovecot

__all__ = ["office", "small_office"]

_NUMBERS = itertools.count()

QUICK = Pace(answer=10, look=0.1, idle=20, breath=0.1, first_retry=0.1, last_retry=0.4)


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """A server: one for all tests of a process."""
    if reason := mail_servers.dovecot_missing():
        pytest.skip(reason)
    with mail_servers.dovecot() as server:
        yield server


@pytest.fixture
def dovecot(dovecot_server: Dovecot) -> Dovecot:
    """An empty mailbox."""
    return replace(dovecot_server, user=f"user{next(_NUMBERS)}")


@contextmanager
def reading(office: Office, server: Dovecot, pace: Pace = QUICK) -> Iterator[Mailbox]:
    """The mailbox being read by Calepin."""
    mailbox = Mailbox(office.parts, server.url, pace)
    mailbox.start()
    try:
        yield mailbox
    finally:
        mailbox.stop()
