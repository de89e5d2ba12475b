"""The mailbox as operators write it."""

import pytest

from mobile_gateway.mail.mailbox.account import parse_account


def test_a_url_names_the_account() -> None:
    """Ports, folder and the security have their defaults; user and password may be percent-encoded."""
    account = parse_account("imaps://notes%40example.com:p%2Fw@mail.example.com")
    assert (account.security, account.host, account.port) == ("tls", "mail.example.com", 993)
    assert (account.user, account.password, account.folder) == ("notes@example.com", "p/w", "INBOX")
    assert "p/w" not in repr(account)
    assert len(account.name) == 64


@pytest.mark.parametrize(
    ("host", "security"), [("127.0.0.1", "none"), ("localhost", "none"), ("mail.example.com", "starttls")]
)
def test_a_password_is_sent_in_clear_to_this_machine_only(host: str, security: str) -> None:
    """`imap://` insists on STARTTLS everywhere else."""
    assert parse_account(f"imap://u:p@{host}/Notes").security == security


@pytest.mark.parametrize("url", ["mail.example.com", "imaps://mail.example.com", "pop3://u:p@h", "imap://u:p@h:99999"])
def test_anything_else_is_refused_with_the_remedy(url: str) -> None:
    """The sentence says how to write it."""
    with pytest.raises(ValueError, match="Remedy: write imaps://"):
        parse_account(url)
