"""The pocket app in Chromium: a recording survives what the road does to it, and comes once."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Playwright, Route

from tests.tools import missing
from tests.wire.conftest import ANNIE, found_company
from tests.wire.phone import Phone, invitation, phone
from tests.wire.recordings import tone
from tests.wire.service import Service, settled

pytestmark = pytest.mark.skipif("chromium" in missing(), reason="chromium is not installed")

# A recording in two pieces as the recorder would have left it, unsealed.
RECORDED = """async ([hex, rep]) => {
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const open = indexedDB.open('calepin');
  const database = await new Promise((resolve) => open.onsuccess = () => resolve(open.result));
  const id = crypto.randomUUID();
  const transaction = database.transaction(['recordings', 'chunks'], 'readwrite');
  const about = {id, key: id, rep, state: 'waiting', started: Date.now(), seconds: 45, tries: 0, type: 'audio/wav'};
  transaction.objectStore('recordings').put({...about, size: bytes.length}, id);
  transaction.objectStore('chunks').put(bytes.slice(0, 300000).buffer, [id, 0]);
  transaction.objectStore('chunks').put(bytes.slice(300000).buffer, [id, 1]);
  await new Promise((resolve) => transaction.oncomplete = resolve);
  database.close();
}"""


@pytest.fixture
def own_key(own_service: Service) -> str:
    """A service of the test's own with the small company in it, and an integration key of it."""
    own_service.start()
    found_company(own_service)
    return own_service.key()


@pytest.fixture
def other_device(own_service: Service, own_key: str) -> Iterator[httpx.Client]:
    """Another device of Annie's, to see what has come."""
    with own_service.device(ANNIE, own_key) as client:
        yield client


@pytest.fixture
def annies(playwright: Playwright, own_service: Service, own_key: str, tmp_path: Path) -> Iterator[Phone]:
    """Annie's phone, signed in, with everything on it."""
    with phone(playwright, tmp_path / "profile", own_service.url) as hers:
        hers.sign_in(invitation(own_service, own_key, ANNIE))
        hers.settled()
        yield hers


def plays(page_of: Phone, address: str) -> float:
    """The seconds that the browser says an audio element of this address has."""
    return float(
        page_of.page.evaluate(
            """async (address) => {
              const sound = new Audio(address);
              await new Promise((resolve, reject) => { sound.oncanplaythrough = resolve; sound.onerror = reject; });
              await sound.play();
              sound.pause();
              return sound.duration;
            }""",
            address,
        )
    )


def test_a_recording_made_offline_with_tab_and_server_killed_ends_up_once_in_the_brief(
    annies: Phone, own_service: Service, other_device: httpx.Client
) -> None:
    """Recorded without a network; the tab is killed while recording, the server before the network comes back."""
    annies.offline(True)
    annies.record(3.2)
    annies.crash()
    annies.new_tab()
    annies.view("outbox")
    annies.page.wait_for_selector(".cards li")
    (cut,) = annies.stored("recordings")
    assert (cut["state"], cut["size"] > 0) == ("waiting", True)
    own_service.kill()
    annies.offline(False)
    annies.page.wait_for_timeout(1_000)
    assert len(annies.stored("recordings")) == 1
    own_service.start()
    annies.everything_is_sent()
    (note,) = other_device.get("/notes").json()["items"]
    note = settled(other_device, note["id"])
    assert (note["state"], note["link"]["client"]) == ("processed", "C1")
    assert note["seconds"] > 1.9
    assert [one["id"] for one in other_device.get("/clients/C1/brief?as=json").json()["notes"]] == [note["id"]]
    assert plays(annies, f"/api/v1/notes/{note['id']}/audio?as=opus") > 0.5
    annies.view("client/C1")
    annies.page.wait_for_selector(".player")
    assert annies.page.locator(".player").count() == 1


def test_what_has_come_is_what_was_recorded(annies: Phone, other_device: httpx.Client) -> None:
    """The server's bytes are those that the phone hands out as a file, and the mark is in the note's text."""
    annies.offline(True)
    annies.record(2.2)
    annies.page.click("text=★ Important")
    annies.stop()
    with annies.page.expect_download() as saved:
        annies.page.click("text=Enregistrer un fichier")
    recorded = Path(saved.value.path()).read_bytes()
    assert saved.value.suggested_filename.endswith(".webm")
    annies.offline(False)
    annies.everything_is_sent()
    (note,) = other_device.get("/notes").json()["items"]
    note = settled(other_device, note["id"])
    assert other_device.get(f"/notes/{note['id']}/audio?as=original").content == recorded
    assert (note["text"], note["audio"]["type"]) == ("Important", "audio/webm")


def test_a_creation_whose_answer_was_lost_is_the_same_note(annies: Phone, other_device: httpx.Client) -> None:
    """The server has everything, the phone has not heard so: it asks again, and there is one note."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    annies.context.route("**/api/v1/uploads", lose, times=1)
    annies.record(1.5)
    annies.stop()
    annies.page.wait_for_selector("text=prochain essai")
    assert len(annies.stored("recordings")) == 1
    annies.page.click("text=Envoyer maintenant")
    annies.everything_is_sent()
    assert len(other_device.get("/notes").json()["items"]) == 1


def test_an_upload_that_was_cut_goes_on_where_it_stopped(annies: Phone, other_device: httpx.Client) -> None:
    """A long recording breaks off in its middle; after a reload only what is missing is sent."""
    sound = tone(45)
    annies.context.route("**/api/v1/uploads/*", lambda route: route.abort())
    annies.page.evaluate(RECORDED, [sound.hex(), ANNIE])
    annies.view("outbox")
    annies.page.reload()
    annies.page.wait_for_selector("text=% envoyé")
    offsets: list[str] = []
    annies.context.on("request", lambda sent: sent.method == "PATCH" and offsets.append(sent.headers["upload-offset"]))
    annies.context.unroute("**/api/v1/uploads/*")
    annies.page.reload()
    annies.everything_is_sent()
    assert offsets == ["262144", "524288"]
    (note,) = other_device.get("/notes").json()["items"]
    assert settled(other_device, note["id"])["audio"]["sha256"] == hashlib.sha256(sound).hexdigest()


def test_two_tabs_send_a_recording_once(annies: Phone, other_device: httpx.Client) -> None:
    """Both tabs hear that the network is back; one sends, and the other sees the outbox empty."""
    annies.offline(True)
    annies.record(1.5)
    annies.stop()
    first = annies.page
    annies.new_tab()
    annies.view("outbox")
    creations: list[str] = []
    # Answers: a request that was still lost to the dead network may be made again.
    annies.context.on("response", lambda answer: answer.request.method == "POST" and creations.append(answer.url))
    annies.offline(False)
    annies.everything_is_sent()
    first.wait_for_selector(".tell")
    assert len([url for url in creations if url.endswith("/uploads")]) == 1
    assert len(other_device.get("/notes").json()["items"]) == 1


def test_a_browser_killed_while_recording_loses_a_second_at_most(
    playwright: Playwright, own_service: Service, own_key: str, other_device: httpx.Client, tmp_path: Path
) -> None:
    """The whole browser ends without a word; the next start finds the recording and sends it."""
    profile = tmp_path / "profile"
    with phone(playwright, profile, own_service.url) as first:
        first.sign_in(invitation(own_service, own_key, ANNIE))
        first.settled()
        first.record(4.3)
        first.power_off()
    with phone(playwright, profile, own_service.url) as second:
        # A browser writes its cookies half a minute late: this one has to be connected once more.
        second.sign_in(invitation(own_service, own_key, ANNIE))
        second.everything_is_sent()
    (note,) = other_device.get("/notes").json()["items"]
    assert settled(other_device, note["id"])["seconds"] >= 3.0


def test_a_destination_that_the_server_refuses_does_not_keep_the_recording_back(
    annies: Phone, other_device: httpx.Client
) -> None:
    """The client has left the portfolio meanwhile: the recording goes without it."""
    annies.view("record?client=C9&name=Disparu&activity=")
    annies.page.click(".round")
    annies.page.wait_for_timeout(1_500)
    annies.stop()
    annies.everything_is_sent()
    (note,) = other_device.get("/notes").json()["items"]
    assert settled(other_device, note["id"])["link"]["client"] != "C9"


def test_nothing_is_sent_in_the_name_of_another_rep(
    annies: Phone, own_service: Service, own_key: str, other_device: httpx.Client
) -> None:
    """Bob signs in on Annie's phone: her recording waits for her, and her agenda is gone."""
    annies.offline(True)
    annies.record(1.5)
    annies.stop()
    annies.context.clear_cookies()
    annies.offline(False)
    annies.page.wait_for_selector("#code")
    annies.sign_in(invitation(own_service, own_key, "bob@example.com"))
    annies.view("outbox")
    annies.page.wait_for_selector("text=recorded by annie@example.com")
    annies.page.wait_for_timeout(1_000)
    assert other_device.get("/notes").json()["items"] == []
    assert len(annies.stored("recordings")) == 1


def test_a_revoked_phone_forgets_everything(annies: Phone, own_service: Service, own_key: str) -> None:
    """The next answer clears the storage; a phone whose cookie is merely missing keeps its recordings."""
    with own_service.office(own_key) as office:
        (device,) = [one for one in office.get("/devices").json()["items"] if one["name"] == "Pixel"]
        office.delete(f"/devices/{device['id']}").raise_for_status()
    annies.page.reload()
    annies.page.wait_for_selector("#code")
    assert annies.page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") in ([], ["calepin"])
    assert annies.stored("kept") == []
    assert annies.stored("keys") == []
    annies.faults.clear()  # whatever was at work when the storage was taken away
