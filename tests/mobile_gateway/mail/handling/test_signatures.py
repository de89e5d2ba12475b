"""DKIM checked by ourselves, where no mail server of ours vouches for anything."""

import base64
import subprocess
from datetime import timedelta
from typing import Any

import dkim
import pytest

from mobile_gateway.mail.handling.signatures import signed_by
from tests.mobile_gateway.mail.conftest import Post
from tests.mobile_gateway.mail.letterbox import letter

SELECTOR = "s1"


@pytest.fixture(scope="module")
def private_key() -> bytes:
    """An RSA key of 2,048 bits as PEM."""
    made = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], check=True, capture_output=True)
    return made.stdout


@pytest.fixture(scope="module")
def record(private_key: bytes) -> bytes:
    """The TXT record with the public half."""
    command = ["openssl", "rsa", "-pubout", "-outform", "DER"]
    public = subprocess.run(command, input=private_key, check=True, capture_output=True).stdout
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def signed(raw: bytes, key: bytes, domain: str = "example.com", **given: Any) -> bytes:
    """The mail with a signature on top."""
    options = {"canonicalize": (b"relaxed", b"relaxed"), **given}
    return bytes(dkim.sign(raw, SELECTOR.encode(), domain.encode(), key, **options)) + raw


def plain(**given: Any) -> bytes:
    """A mail that nobody vouches for."""
    return letter("Tremblay", "Nouveau four", vouched=None, **given)


def test_a_signature_of_the_author_s_domain_proves_the_author(post: Post, private_key: bytes, record: bytes) -> None:
    """Signed by example.com, Annie's mail is hers without any mail server of ours."""
    post.keys[f"{SELECTOR}._domainkey.example.com"] = record
    assert post.deliver(signed(plain(), private_key)).state == "handled"
    assert len(post.notes()) == 1


def test_a_key_that_cannot_be_looked_up_is_waited_for_a_day(post: Post, private_key: bytes, record: bytes) -> None:
    """Without DNS the job fails and comes again; with it back the note is there, after a day it is set aside."""
    post.keys[f"{SELECTOR}._domainkey.example.com"] = record
    first, second = (post.bring(signed(plain(), private_key)) for _ in range(2))
    assert first
    assert second
    post.silent_dns = True
    with pytest.raises(OSError, match="DNS"):
        post.handle(first)
    assert post.mail(first).state == "received"
    post.silent_dns = False
    post.handle(first)
    assert post.mail(first).state == "handled"
    post.silent_dns = True
    post.later(timedelta(hours=25))
    post.handle(second)
    assert (post.mail(second).state, post.mail(second).reason) == ("set-aside", "unproven")


def test_only_what_the_signature_covers_is_believed(private_key: bytes, record: bytes) -> None:
    """The domain or one above it, author and subject signed, the whole body, each header once, a key that is there."""
    raw = plain()
    good = signed(raw, private_key)

    def believed(mail: bytes, domain: str = "example.com", key: bytes | None = record) -> bool:
        return signed_by(mail, domain, lambda _name: key)

    assert believed(good)
    assert believed(good, "mail.example.com")
    assert not believed(raw)
    assert not believed(good, "example.org")
    assert not believed(good, "notexample.com")
    assert not believed(good, key=None)
    assert not believed(good, key=b"v=DKIM1; k=rsa; p=")
    assert not believed(good, key=record.replace(b"k=rsa", b"k=rsa; t=y"))
    assert not believed(good.replace(b"Nouveau four", b"Ancien four"))
    assert not believed(good.replace(b"Subject: Tremblay", b"Subject: brief roy"))
    assert not believed(b"Subject: brief roy\r\n" + good)
    assert not believed(signed(raw, private_key, include_headers=[b"from", b"date"]))
    assert not believed(signed(raw, private_key, length=True))


def test_malformed_signatures_are_no_signatures(private_key: bytes) -> None:
    """Whatever stands in a DKIM-Signature header, checking it ends, and soon, and raises nothing."""
    head, body = plain().split(b"\r\n\r\n", 1)
    for value in (
        b"",
        b"v=1",
        b"v=1; a=rsa-sha256; d=example.com; s=s1; h=from:subject; bh=AAAA; b=AAAA",
        b"v=1; a=rsa-sha1; d=example.com; s=s1; h=from:subject; bh=AAAA; b=AAAA",
        b"v=1; a=rsa-sha256; c=odd/odd; d=example.com; s=s1; h=from:subject; bh=AAAA; b=AAAA",
        b"v=1; a=rsa-sha256; d=example.com; s=\xff; h=from:subject; bh=AAAA; b=AAAA",
        b"a=1; a=1",
        b"=;=;=",
        b"v=1\r\n" + b" x\r\n" * 100_000 + b" y",
    ):
        for space in (b"", b" " * 100_000):
            raw = b"DKIM-Signature: " + value + b"\r\n" + head + b"\r\n\r\n" + space + body
            assert not signed_by(raw, "example.com", lambda _name: b"v=DKIM1; k=rsa; p=AAAA")
