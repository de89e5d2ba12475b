"""Every view of the pocket app under axe-core, in both languages, by day and by night."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Playwright

from tests.tools import missing
from tests.wire.axe import serious
from tests.wire.conftest import ANNIE, BOB
from tests.wire.phone import invitation, phone
from tests.wire.recordings import tone
from tests.wire.service import Service, settled

pytestmark = pytest.mark.skipif(bool({"chromium", "npm"} & set(missing())), reason="chromium or npm is not installed")


@pytest.mark.parametrize(("email", "client"), [(ANNIE, "C1"), (BOB, "C3")], ids=["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_view(
    playwright: Playwright, service: Service, key: str, tmp_path: Path, email: str, client: str, scheme: str
) -> None:
    """Signing in, the day, finding, a brief, the notes, one note, recording, the chooser and the outbox."""
    with service.device(email, key) as device:
        sent = device.post("/notes", files={"audio": ("a.wav", tone(1, 700), "audio/wav")}, data={"client": client})
        note = settled(device, sent.json()["id"])["id"]
        _plan(device, client)
    with phone(playwright, tmp_path / "profile", service.url, color_scheme=scheme, reduced_motion="reduce") as theirs:
        found: dict[str, list[str]] = {}
        page = theirs.page
        page.goto(f"{service.url}/app/")
        page.wait_for_selector("#code")
        found["sign-in"] = serious(page)
        theirs.sign_in(invitation(service, key, email))
        theirs.settled()
        for view, shown in (
            ("", ".cards"),
            ("find", ".list"),
            (f"client/{client}", ".player"),
            ("notes", ".cards"),
            (f"note/{note}", ".player"),
            ("outbox", ".tell"),
            ("record", ".round"),
        ):
            theirs.view(view)
            page.wait_for_selector(shown)
            found[view] = serious(page)
        page.click(".goes-to button")
        page.wait_for_selector("dialog[open] .list")
        found["chooser"] = serious(page)
        page.keyboard.press("Escape")
        theirs.offline(True)
        theirs.record(1)
        found["recording"] = serious(page)
        theirs.stop()
        found["unsent"] = serious(page)
    assert {view: faults for view, faults in found.items() if faults} == {}


def _plan(device: httpx.Client, client: str) -> None:
    """Something in the agenda, so that the day is not empty."""
    starts_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    device.post("/activities", json={"client": client, "starts_at": starts_at}).raise_for_status()
