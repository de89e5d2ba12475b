"""The pocket app's service worker, woken by the browser while the app is closed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import CDPSession, Playwright

from tests.tools import missing
from tests.wire.conftest import ANNIE
from tests.wire.phone import IN_STORE, Phone, invitation, phone
from tests.wire.service import Service, until

pytestmark = pytest.mark.skipif("chromium" in missing(), reason="chromium is not installed")


@pytest.fixture
def annies(playwright: Playwright, service: Service, key: str, tmp_path: Path) -> Iterator[Phone]:
    """Annie's phone, signed in, with everything on it."""
    with phone(playwright, tmp_path / "profile", service.url, permissions=["microphone", "notifications"]) as hers:
        hers.sign_in(invitation(service, key, ANNIE))
        hers.settled()
        yield hers


def worker_of(annies: Phone, outside: CDPSession) -> str:
    """The id of the app's service worker, as the browser's own tools call it."""
    found: list[dict[str, Any]] = []
    outside.on("ServiceWorker.workerRegistrationUpdated", lambda news: found.extend(news["registrations"]))
    outside.send("ServiceWorker.enable")
    until(lambda: annies.page.wait_for_timeout(50) or found, 10, "the worker is known")
    return str(found[-1]["registrationId"])


def test_the_browser_sends_the_outbox_while_the_app_is_closed(annies: Phone, annie: httpx.Client) -> None:
    """Recorded offline, the app's tab closed; Background Sync wakes the worker, and the note comes."""
    annies.offline(True)
    annies.record(1.5)
    annies.stop()
    (recording,) = annies.stored("recordings")
    page = annies.context.new_page()
    page.goto(f"{annies.url}/app/icon.svg")
    annies.page.close()
    annies.page = page
    annies.offline(False)
    outside = annies.context.new_cdp_session(page)
    registration = worker_of(annies, outside)
    outside.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": annies.url, "registrationId": registration, "tag": "outbox", "lastChance": False},
    )
    until(lambda: page.wait_for_timeout(100) or page.evaluate(IN_STORE, "recordings") == [], 20, "it is sent")
    notes = annie.get("/notes").json()["items"]
    assert recording["size"] in [note["audio"]["bytes"] for note in notes]


def test_a_notice_is_shown_with_its_neutral_text(annies: Phone) -> None:
    """What the server pushes is shown as it is, once for its tag, and knows which view to open."""
    page = annies.page
    outside = annies.context.new_cdp_session(page)
    registration = worker_of(annies, outside)
    for _ in range(2):
        outside.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": annies.url,
                "registrationId": registration,
                "data": '{"text": "La fiche est prête.", "path": "client/C1", "tag": "t1"}',
            },
        )
    shown = """navigator.serviceWorker.ready
      .then((worker) => worker.getNotifications())
      .then((all) => all.map((one) => [one.title, one.body, one.data]))"""
    wanted = [["Calepin", "La fiche est prête.", "/app/#/client/C1"]]
    until(lambda: page.wait_for_timeout(100) or page.evaluate(shown) == wanted, 10, "it is shown")


def test_a_phone_subscribes_and_unsubscribes(annie: httpx.Client) -> None:
    """The key is a point on the curve; only an address at a browser's push service is taken."""
    before = annie.get("/push").json()
    assert (len(before["public_key"]), before["subscribed"]) == (87, False)
    keys = {"p256dh": "B" * 87, "auth": "A" * 22}
    elsewhere = annie.post("/push", json={"endpoint": "https://10.0.0.1/x", "keys": keys})
    assert (elsewhere.status_code, elsewhere.json()["field"]) == (422, "endpoint")
    wanted = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "expirationTime": None, "keys": keys}
    assert annie.post("/push", json=wanted).status_code == 204
    assert annie.get("/push").json() == before | {"subscribed": True}
    assert annie.delete("/push").status_code == 204
    assert annie.get("/push").json() == before
