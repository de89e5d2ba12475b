"""A phone: headless Chromium with a microphone that beeps, and the pocket app in it."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.wire.service import Service

ARGUMENTS = (
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE = 40_000.0  # ms

IN_STORE = """async (store) => {
  const open = indexedDB.open('calepin');
  const database = await new Promise((resolve) => open.onsuccess = () => resolve(open.result));
  if (!database.objectStoreNames.contains(store)) return [];
  const asked = database.transaction(store).objectStore(store).getAll();
  const found = await new Promise((resolve) => asked.onsuccess = () => resolve(asked.result));
  database.close();
  return found;
}"""


@dataclass
class Phone:
    """One browser profile; its pages are tabs of the app at `url`, whose scripts' errors are `faults`."""

    context: BrowserContext
    profile: Path
    url: str
    page: Page
    faults: list[str] = field(default_factory=list)

    def sign_in(self, code: str, name: str = "Pixel") -> None:
        """Open the app by an invitation, and connect the device."""
        self.page.goto(f"{self.url}/app/#i/{code}")
        self.page.fill("#name", name)
        self.page.click("form .go")
        self.page.wait_for_selector("nav a")

    def settled(self) -> None:
        """Wait until the app is on the phone: its files, and the agenda with its briefs."""
        self.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
        self.page.wait_for_selector(".as-of")
        self.page.wait_for_function(f"async () => (await ({IN_STORE})('kept')).length >= 4")

    def view(self, path: str) -> Page:
        """Go to a view of the app, by its address."""
        self.page.goto(f"{self.url}/app/#/{path}")
        self.page.wait_for_selector("h1")
        return self.page

    def record(self, seconds: float = 2.5) -> None:
        """Begin to record, and let time pass."""
        self.view("record")
        self.page.click(".round")
        self.page.wait_for_selector(".round.on")
        self.page.wait_for_timeout(seconds * 1000)

    def stop(self) -> None:
        """Stop; the recording goes to the outbox."""
        self.page.click(".round.on")
        self.page.wait_for_url("**/#/outbox")

    def offline(self, cut: bool) -> None:
        """Cut the network, or restore it."""
        self.context.set_offline(cut)

    def new_tab(self) -> None:
        """Open the app in another tab, which is the one that is used from now on."""
        self.page = self.context.new_page()
        self.page.goto(f"{self.url}/app/")

    def crash(self) -> None:
        """Kill the tab: no event tells it so."""
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash")
        self.page.close()

    def power_off(self) -> None:
        """Kill the whole browser, as an empty battery would."""
        mine = f"--user-data-dir={self.profile}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mine in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)

    def stored(self, store: str) -> list[Any]:
        """What the app keeps on the phone in one of its stores."""
        found: list[Any] = self.page.evaluate(IN_STORE, store)
        return found

    def everything_is_sent(self) -> None:
        """Wait until the outbox is empty and the database holds no sound any more."""
        self.view("outbox")
        expect(self.page.locator(".tell")).to_be_visible(timeout=PATIENCE)
        assert self.stored("recordings") == []
        assert self.stored("chunks") == []


@contextmanager
def phone(playwright: Playwright, profile: Path, url: str, **options: Any) -> Iterator[Phone]:
    """A phone whose browser keeps its things in `profile`; `options` are Playwright's of a context."""
    settings = {"viewport": {"width": 360, "height": 720}, "permissions": ["microphone"]} | options
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=ARGUMENTS, **settings
    )
    context.set_default_timeout(PATIENCE)
    mine = Phone(context, profile, url, context.new_page())
    # Of every tab and of the service worker's own.
    context.on("weberror", lambda fault: mine.faults.append(f"{fault.error}\n{fault.error.stack}"))
    yield mine
    with suppress(Error):  # it may have been killed
        context.close()
    assert not mine.faults, "a script failed: " + "\n".join(mine.faults)


def invitation(service: Service, key: str, email: str) -> str:
    """A fresh code for this rep."""
    with service.office(key) as office:
        answer = office.post("/devices", json={"rep": email}).raise_for_status()
    return str(json.loads(answer.text)["code"])
