"""What `calepin check` says about the address where mail comes in."""

import socket

import pytest

from mobile_gateway.mail.listener.listening import look
from mobile_gateway.mail.service import MailService
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, Office
from tests.wire.service import free_port


def test_an_address_is_free_or_our_own_or_somebody_else_s(small_office: Office) -> None:
    """Free and Calepin itself are well; another program there is named with the remedy."""
    free = free_port()
    assert look(f"lmtp://127.0.0.1:{free}", DOMAIN) == f"lmtp at 127.0.0.1:{free}, for {DOMAIN}"
    with small_office.listening() as listener:
        assert look(f"127.0.0.1:{listener.port}", DOMAIN).endswith("Calepin listens")
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.1)
        with pytest.raises(OSError, match=r"cannot be listened on.*Remedy: .*CALEPIN_SMTP_LISTEN"):
            look(f"127.0.0.1:{other.getsockname()[1]}", DOMAIN)


def test_a_mail_service_says_whether_mail_can_come_in(small_office: Office) -> None:
    """Without any way in, or when the only address is taken, there is none; nothing is raised."""
    port = free_port()
    services = [MailService(small_office.parts, listen, "") for listen in (f"127.0.0.1:{port}",) * 2 + ("",)]
    with services[0].taking() as first, services[1].taking() as second, services[2].taking() as third:
        assert (first, second, third) == (True, False, False)


@pytest.mark.parametrize(("listen", "imap_url"), [("nowhere", ""), ("", "nowhere")])
def test_a_setting_that_is_written_wrongly_is_told_at_the_start(
    small_office: Office, listen: str, imap_url: str
) -> None:
    """The sentence names the remedy."""
    with pytest.raises(ValueError, match="Remedy: write"):
        MailService(small_office.parts, listen, imap_url)
