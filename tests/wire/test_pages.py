"""The pages for small browsers, in w3m and as any browser gets them, from a real service."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.tools import missing
from tests.wire.conftest import ANNIE
from tests.wire.recordings import tone
from tests.wire.service import Service, settled
from tests.wire.w3m import browsing

needs_w3m = pytest.mark.skipif("w3m" in missing(), reason="w3m is not installed")


def invitation(service: Service, key: str, email: str = ANNIE) -> str:
    """The path of a fresh invitation link."""
    with service.office(key) as office:
        url: str = office.post("/devices", json={"rep": email}).raise_for_status().json()["url"]
    return url.removeprefix(service.url)


@pytest.fixture
def phone(service: Service, key: str) -> Iterator[httpx.Client]:
    """A browser that Annie has signed in by her invitation link."""
    with httpx.Client(base_url=service.url, timeout=30, follow_redirects=True) as browser:
        answer = browser.post(invitation(service, key), data={"name": "Nokia"}).raise_for_status()
        assert answer.url.path == "/m/"
        yield browser


@needs_w3m
def test_a_recording_is_uploaded_with_w3m(service: Service, key: str, annie: httpx.Client, tmp_path: Path) -> None:
    """Sign in by the link, record by file upload, and see that it is safe; the bytes have come whole."""
    recording = tmp_path / "visite.wav"
    recording.write_bytes(tone(1.2, 700))
    with browsing(service.url + invitation(service, key), tmp_path) as w3m:
        w3m.see("Connect")
        w3m.fill_in("Name of this device", "w3m")
        w3m.press("Connect this device")
        w3m.see("Boulangerie Tremblay")
        w3m.press("Mes notes")
        w3m.see("Aucune note")
        w3m.press("Enregistrer")
        w3m.see("Ou texte")
        w3m.fill_in("Client", "garage roy")
        w3m.fill_in("Enregistrement", str(recording))
        w3m.see("En sûreté.")
    (note,) = annie.get("/notes").json()["items"]
    note = settled(annie, note["id"])
    assert (note["state"], note["link"]["client"]) == ("processed", "C2")
    assert annie.get(f"/notes/{note['id']}/audio?as=original").content == recording.read_bytes()


@needs_w3m
def test_the_pages_read_well_in_forty_columns(service: Service, phone: httpx.Client) -> None:
    """w3m -dump shows the day, the brief and the form without a line of more than 40 characters."""
    cookie = f"Cookie: calepin={phone.cookies['calepin']}"
    for page, words in (("", "Garage Roy"), ("clients/C1", "Boulangerie Tremblay"), ("record", "[Envoyer]")):
        command = ["w3m", "-dump", "-cols", "40", "-O", "UTF-8", "-header", cookie, f"{service.url}/m/{page}"]
        shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout
        assert words in shown
        assert max(map(len, shown.splitlines())) <= 40
        assert len(shown.splitlines()) <= 40


def test_pages_carry_no_script_and_forbid_any(phone: httpx.Client) -> None:
    """Every page is small HTML under a policy that runs nothing and is framed by nobody."""
    for page in ("", "find", "record", "notes", "clients/C1", "clients/none", "sign-out"):
        answer = phone.get(f"/m/{page}")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert len(answer.content) <= 4096
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.search(r"<script|javascript:|\son\w+=", answer.text)


def test_the_cookie_plays_a_recording(phone: httpx.Client) -> None:
    """The audio links of a note's page work in the browser that shows it, also for a handheld that plays AMR alone."""
    token = re.findall(r'name="t" value="(\w+)"', phone.get("/m/record").text)[0]
    form = {"t": token, "key": "one", "text": "", "who": "garage roy"}
    page = phone.post("/m/record", data=form, files={"audio": ("a.wav", tone(0.8, 300), "audio/wav")})
    note = page.url.path.removeprefix("/m/notes/")
    with httpx.Client(base_url=phone.base_url.join("/api/v1"), cookies=phone.cookies, timeout=30) as api:
        settled(api, note)
    audio = re.findall(r'<a href="(/api/v1/[^"]*)"', phone.get(page.url.path).text)
    assert audio == [f"/api/v1/notes/{note}/audio{form}" for form in ("", "?as=mp3", "?as=amr")]
    assert phone.get(audio[0], headers={"Accept": "audio/amr"}).content.startswith(b"#!AMR\n")
