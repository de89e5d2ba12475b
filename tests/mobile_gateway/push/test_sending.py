"""Notices to phones, as a push service and a browser would get them."""

import base64
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from sqlalchemy import select

from mobile_gateway.push.keys import public_key, vapid_key
from mobile_gateway.push.sending import PushFault, send_push
from server.domain.devices import DeviceState
from server.domain.errors import Invalid
from server.domain.policy import Policy
from server.domain.push import PushKind, Subscription, check_endpoint
from server.store import push as stored
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import Outbox, asked_for
from server.store.tables.devices import DeviceRow
from server.store.tables.push import PushRow, SubscriptionRow
from server.usecases import devices, push
from server.usecases.push import Notice
from server.web.services import Services
from tests.company import ANNIE, BOB, found

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


class PushService(HTTPServer):
    """A push service on loopback: remembers what it got, answers with `status`."""

    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []

    @property
    def endpoint(self) -> str:
        """An address of it."""
        return f"http://127.0.0.1:{self.server_port}/send/abc"


class _Handler(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        """Take a notice."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Browser:
    """A browser's keys: only it can read what is sent to it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)

    def subscription(self, endpoint: str) -> Subscription:
        """What it tells the site."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(endpoint, _encoded(point), _encoded(self.auth))

    def read(self, body: bytes) -> dict[str, str]:
        """What was sent (RFC 8291)."""
        told: dict[str, str] = json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth))
        return told


@pytest.fixture
def service() -> Iterator[PushService]:
    """A push service that runs."""
    with PushService() as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def services(database: Database, tmp_path: Path) -> Services:
    """The company's services on both databases."""
    blobs = Blobs(tmp_path / "data")
    blobs.prepare()
    with database.transaction() as session:
        found(session, NOW)
    return Services(database, blobs, Outbox(), Policy(), lambda: NOW, "https://notes.example.com")


@pytest.fixture
def subscribed(services: Services, service: PushService) -> Callable[[str], Browser]:
    """Makes a phone of a rep's that is told things by the push service on loopback."""

    def make(email: str = ANNIE.email) -> Browser:
        browser = Browser()
        with services.database.transaction() as session:
            code = devices.invite(session, email, NOW, by="tests").code
            enrolled = devices.enrol(session, code, "Pixel", "", NOW, "127.0.0.1")
            assert enrolled is not None
            stored.subscribe(session, enrolled.signed.device_id, browser.subscription(service.endpoint), NOW)
        return browser

    return make


_keys = count()


def notify(
    services: Services, rep_id: int = ANNIE.id, kind: PushKind = PushKind.BRIEF, about: str = "C1"
) -> str | None:
    """Queue a notice that is good for an hour."""
    with services.database.transaction() as session:
        notice = Notice(f"{kind}-{next(_keys)}", rep_id, kind, about, NOW + timedelta(hours=1))
        return push.notify(session, services.queue, notice, NOW)


def test_a_notice_is_neutral_encrypted_and_signed(
    services: Services, service: PushService, subscribed: Callable[[], Browser]
) -> None:
    """The browser reads a text without a name and the view to open; the service sees who sends it, and no word."""
    browser = subscribed()
    uid = notify(services)
    assert uid is not None
    with services.database.reading() as session:
        assert [job.argument for job in asked_for(session, 10)] == [uid]
    send_push(services, uid)
    ((headers, body),) = service.got
    told = browser.read(body)
    assert told == {"text": "Votre prochaine rencontre : la fiche est prête.", "path": "client/C1", "tag": uid}
    assert (headers["content-encoding"], headers["topic"], headers["ttl"]) == ("aes128gcm", uid, "3600")
    assert b"fiche" not in body
    token = headers["authorization"].removeprefix("vapid t=").partition(",")[0]
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["aud"] == service.endpoint.removesuffix("/send/abc")
    assert claims["sub"] == "https://notes.example.com"
    assert headers["authorization"].endswith(f"k={public_key(services.blobs.root)}")
    assert Vapid02.verify(headers["authorization"])


def test_a_notice_that_was_sent_is_not_sent_again(
    services: Services, service: PushService, subscribed: Callable[[], Browser]
) -> None:
    """The job may be repeated without harm."""
    subscribed()
    uid = notify(services) or ""
    send_push(services, uid)
    send_push(services, uid)
    assert len(service.got) == 1


def test_a_phone_that_is_gone_is_forgotten(
    services: Services, service: PushService, subscribed: Callable[[], Browser]
) -> None:
    """410: its subscription is dropped, the notice has ended, and the next one has nowhere to go."""
    subscribed()
    service.status = 410
    send_push(services, notify(services) or "")
    with services.database.reading() as session:
        assert session.scalars(select(SubscriptionRow)).all() == []
        assert session.scalars(select(PushRow.ended_at)).one() is not None
    assert notify(services) is None


def test_a_failing_service_is_tried_again_and_not_beyond_the_notice_s_time(
    services: Services, service: PushService, subscribed: Callable[[], Browser]
) -> None:
    """503 fails the job, which stays to be done; after its hour the notice is dropped unsent."""
    subscribed()
    service.status = 503
    uid = notify(services) or ""
    with pytest.raises(PushFault):
        send_push(services, uid)
    with services.database.reading() as session:
        assert stored.waiting(session, NOW + timedelta(minutes=1), 10) == [uid]
    service.status = 201
    later = Services(services.database, services.blobs, services.queue, Policy(), lambda: NOW + timedelta(hours=2), "")
    send_push(later, uid)
    assert len(service.got) == 1
    with services.database.reading() as session:
        assert stored.waiting(session, NOW + timedelta(minutes=1), 10) == []


def test_only_the_rep_s_active_phones_are_told(
    services: Services, service: PushService, subscribed: Callable[[str], Browser]
) -> None:
    """Not another rep's, and not one that was revoked meanwhile."""
    subscribed(BOB.email)
    assert notify(services) is None
    subscribed(ANNIE.email)
    uid = notify(services) or ""
    with services.database.transaction() as session:
        (annies,) = session.scalars(select(DeviceRow.uid).where(DeviceRow.rep_id == ANNIE.id))
        devices.change_state(session, annies, DeviceState.REVOKED, NOW, by="tests", place="")
    send_push(services, uid)
    assert service.got == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com@10.0.0.1/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://[::1/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)
def test_a_device_cannot_have_us_call_just_any_place(endpoint: str) -> None:
    """Only the browsers' own push services, by HTTPS, on its own port."""
    with pytest.raises(Invalid):
        check_endpoint(endpoint)
    check_endpoint("https://fcm.googleapis.com/fcm/send/abc:def")
    check_endpoint("https://updates.push.services.mozilla.com/wpush/v2/x")


def test_the_key_is_made_once_and_is_nobody_else_s(tmp_path: Path) -> None:
    """Two processes end up with the same one; its file can be read by its owner alone."""
    first = public_key(tmp_path)
    vapid_key.cache_clear()
    assert public_key(tmp_path) == first
    assert (tmp_path / "vapid.pem").stat().st_mode & 0o077 == 0
    assert len(base64.urlsafe_b64decode(first + "=")) == 65


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
