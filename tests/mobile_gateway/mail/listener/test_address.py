"""Where to listen, as operators write it."""

import pytest

from mobile_gateway.mail.listener.address import ListenAddress, parse_listen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("127.0.0.1:8025", ListenAddress("smtp", "127.0.0.1", 8025)),
        ("lmtp://[::1]:24", ListenAddress("lmtp", "::1", 24)),
        ("smtp://mail:0", ListenAddress("smtp", "mail", 0)),
    ],
)
def test_addresses_as_in_the_settings_table(text: str, expected: ListenAddress) -> None:
    """`host:port` is SMTP; LMTP is said."""
    assert parse_listen(text) == expected


@pytest.mark.parametrize("text", ["8025", "host", "host:99999", "http://host:80", ":25", "lmtp:///run/socket"])
def test_anything_else_is_refused_with_the_remedy(text: str) -> None:
    """The sentence says how to write it."""
    with pytest.raises(ValueError, match="Remedy: write host:port"):
        parse_listen(text)
