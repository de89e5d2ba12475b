"""The relay as it stands in the settings."""

import pytest

from mobile_gateway.mail.sending import parse_relay


@pytest.mark.parametrize(
    ("url", "security", "place", "login"),
    [
        ("smtps://annie%40x:p%3Aw@mail.example", "tls", "mail.example:465", ("annie@x", "p:w")),
        ("smtp://mail.example:587", "offered", "mail.example:587", ("", "")),
        ("smtp://u:pass@mail.example:587", "starttls", "mail.example:587", ("u", "pass")),
        ("smtp://u:pass@127.0.0.1", "offered", "127.0.0.1:25", ("u", "pass")),
        ("smtp://127.0.0.1:2525?tls=off", "none", "127.0.0.1:2525", ("", "")),
    ],
)
def test_a_relay_says_how_it_is_spoken_to(url: str, security: str, place: str, login: tuple[str, str]) -> None:
    """A password leaves this machine by TLS only; its repr does not show it."""
    relay = parse_relay(url)
    assert (relay.security, relay.place, (relay.user, relay.password)) == (security, place, login)
    assert not login[1] or login[1] not in repr(relay)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://x:99999",
        "smtp://u@x",
        "smtp://x/path",
        "smtp://x?y",
    ],
)
def test_what_is_no_relay_is_told_with_the_form_it_should_have(url: str) -> None:
    """Without quoting it: it may hold a password."""
    with pytest.raises(ValueError, match=r"Remedy: write smtps://user:password@host:port"):
        parse_relay(url)


@pytest.mark.parametrize("url", ["smtp://u:p@mail.example?tls=off", "smtps://mail.example?tls=off"])
def test_no_password_is_sent_in_the_open(url: str) -> None:
    """The setting is refused."""
    with pytest.raises(ValueError, match="anybody on the way can read"):
        parse_relay(url)
