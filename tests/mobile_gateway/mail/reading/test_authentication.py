"""Who vouches for the sender."""

import pytest

from mobile_gateway.mail import reading
from mobile_gateway.mail.reading.authentication import Result, read_results, verdict
from mobile_gateway.mail.reading.lexical import Unclosed
from server.domain.mails import Mail
from tests.mobile_gateway.mail.reading.by_hand import mail

DMARC = b"Authentication-Results: mx.ours.example; dmarc=pass (p=none dis=none) header.from=corp.example"
DMARC_FAILS = b"Authentication-Results: mx.ours.example; dmarc=fail (p=reject) header.from=corp.example"
DMARC_NONE = b"Authentication-Results: mx.ours.example; dmarc=none header.from=corp.example"
DKIM = b"Authentication-Results: mx.ours.example; dkim=pass (2048-bit key) header.d=corp.example header.i=@corp.example"
DKIM_OTHER = b"Authentication-Results: mx.ours.example; dkim=pass header.d=evil.example"
RECEIVED = b"Received: from out.corp.example by mx.ours.example"


def came(*headers: bytes) -> Mail:
    """A mail of Anne's, read."""
    return reading.read(mail(b"", *headers))


@pytest.mark.parametrize(
    "headers",
    [
        [DMARC],
        [RECEIVED, DMARC, RECEIVED],
        [DMARC, RECEIVED],
        [DKIM],
        [DMARC_NONE, DKIM],
        [DMARC, DKIM_OTHER],
        [b"Authentication-Results: other.example; dmarc=fail", DMARC],
        [b"Authentication-Results: MX.Ours.Example 1; dkim=fail; dmarc=pass header.from=Corp.Example"],
        [b"Authentication-Results: mx.ours.example;\r\n\tdkim=pass header.i=@corp.example;\r\n\tspf=pass smtp.helo=x"],
        [b"Authentication-Results: mx.ours.example; dkim=fail; dkim=pass header.i=@m.corp.example"],
        [b'Authentication-Results: "mx.ours.example" (c (d)) ; dkim/1 = pass (x; dmarc=fail) header.d = corp.example'],
    ],
)
def test_proved(headers: list[bytes]) -> None:
    """DMARC for the From domain, or DKIM by an aligned domain, as our own MTA saw it."""
    assert verdict(came(*headers), "mx.ours.example").passed


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [b"Authentication-Results: other.example; dmarc=pass header.from=corp.example"],
        [b"Authentication-Results: mx.ours.example.evil.example; dmarc=pass header.from=corp.example"],
        [b"Authentication-Results: spf=pass; dmarc=pass header.from=corp.example"],
        [DMARC_FAILS, DMARC],
        [DMARC_FAILS, DKIM],
        [DKIM_OTHER, DMARC],
        [DKIM_OTHER, DKIM],
        [DMARC_NONE, RECEIVED, DKIM],
        [b"Authentication-Results: mx.ours.example; none", RECEIVED, DMARC],
        [b"Authentication-Results: mx.ours.example; dmarc=pass"],
        [b"Authentication-Results: mx.ours.example; dmarc=pass header.from=evil.example"],
        [b"Authentication-Results: mx.ours.example; dmarc=pass header.from=corp.example; dmarc=fail"],
        [b"Authentication-Results: mx.ours.example; dkim=pass header.d=example"],
        [b"Authentication-Results: mx.ours.example; dkim=pass header.d=evilcorp.example"],
        [b"Authentication-Results: mx.ours.example; spf=pass (; dmarc=pass header.from=corp.example) smtp.mailfrom=x"],
        [b'Authentication-Results: mx.ours.example; spf=pass smtp.mailfrom="; dmarc=pass header.from=corp.example"'],
        [b'Authentication-Results: mx.ours.example; spf=pass smtp.mailfrom="x; dmarc=pass header.from=corp.example'],
        [b"Authentication-Results: mx.ours.example; dkim=pass header.i=header.d=corp.example=@evil.example"],
        [b"Authentication-Results: mx.ours.example; dkim=pass header.d=evil.example header.d=corp.example"],
        [b"Authentication-Results: mx.ours.example; junk dmarc=pass header.from=corp.example"],
        [b"Authentication-Results: mx.ours.example; dmarc=pass header.from=corp.example" + b" a=b" * 4_000],
        [DMARC, b"From: Luc <luc@corp.example>"],
    ],
)
def test_not_proved(headers: list[bytes]) -> None:
    """Forged, foreign, failed, unaligned and unreadable results prove nothing, nor do several From headers."""
    found = verdict(came(*headers), "mx.ours.example")
    assert (found.passed, bool(found.reason)) == (False, True)


def test_without_an_id_of_ours_nothing_is_proved() -> None:
    """An empty authserv-id matches no header, not even one with an empty id."""
    assert not verdict(came(b'Authentication-Results: ""; dmarc=pass header.from=corp.example'), "").passed


def test_a_domain_in_both_its_forms() -> None:
    """An international domain is the same in Unicode and in ASCII."""
    raw = "From: a@gagné.example\r\nAuthentication-Results: m; dmarc=pass header.from=xn--gagn-epa.example\r\n\r\n"
    assert verdict(reading.read(raw.encode()), "m").passed


def test_the_grammar() -> None:
    """Methods, values and properties are read with comments, quotes and versions in them."""
    read = read_results('mx 1; dkim/1=pass reason="good; really" header.i=a=b@c (x) header.b="q=" ; none ; spf=fail')
    dkim = Result("dkim", "pass", {"reason": "good; really", "header.i": "a=b@c", "header.b": "q="})
    assert ("mx", (dkim, Result("spf", "fail"))) == (read.authserv_id, read.results)


@pytest.mark.parametrize("value", ['mx; a="b', "mx; a=b (c", "mx; (((" * 100])
def test_what_does_not_end_is_refused(value: str) -> None:
    """Behind an open quote or comment nothing can be believed."""
    with pytest.raises(Unclosed):
        read_results(value)
