"""Speech to text over the wire: what is said in a recording shows in the note, in the brief and on the pages."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.web.sign_in import COOKIE
from tests.speech_server import SpeechServer, speech_server, verbose
from tests.wire.conftest import ANNIE, BOB, found_company
from tests.wire.recordings import tone
from tests.wire.service import Service, settled, until


@pytest.fixture(scope="module")
def server() -> Iterator[SpeechServer]:
    """A speech server."""
    with speech_server() as running:
        yield running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, server: SpeechServer) -> Iterator[Service]:
    """A service that has its recordings written down by that server."""
    settings = {"CALEPIN_SPEECH_URL": server.url, "CALEPIN_SPEECH_KEY": "s3cret"}
    running = Service(tmp_path_factory.mktemp("service") / "data", settings=settings).start()
    found_company(running)
    yield running
    running.end()


def test_what_is_said_in_french_shows_with_its_link_and_why(server: SpeechServer, annie: httpx.Client) -> None:
    """A transcript that names another client than the visit just over moves the note there, and the brief has it."""
    server.will_say(verbose((0.0, 0.8, "Passé chez Garage Roy."), (0.8, 1.5, "Ils veulent deux palettes.")))
    note = transcribed(annie, record(annie, tone(1.5)))
    assert note["transcript"] == "Passé chez Garage Roy. Ils veulent deux palettes."
    assert note["segments"][1] == {"start": 0.8, "end": 1.5, "text": "Ils veulent deux palettes.", "language": "fr"}
    assert (note["link"]["status"], note["link"]["client"]) == ("linked", "C2")
    assert any("Roy" in reason for reason in note["link"]["evidence"])
    brief = annie.get("/clients/C2/brief").json()
    assert (brief["notes"][0]["id"], brief["notes"][0]["text"]) == (note["id"], note["transcript"])
    assert "Ils veulent deux\npalettes." in annie.get("/clients/C2/brief?as=text").text
    assert note["id"] not in [line["id"] for line in annie.get("/clients/C1/brief").json()["notes"]]
    asked = server.asked[0]
    assert (asked["magic"], asked["key"], asked["model"]) == ("OggS", "Bearer s3cret", "whisper-1")
    assert asked["prompt"].startswith("Boulangerie Tremblay, Garage Roy & Fils")


def test_what_is_said_in_english_shows_with_its_link_and_why(server: SpeechServer, bob: httpx.Client) -> None:
    """An English note without a visit near it is linked by the name heard in it."""
    server.will_say(verbose((0.0, 1.2, "Hardware Smith wants the quote by Friday."), language="english"))
    note = transcribed(bob, record(bob, tone(1.2, 300)))
    assert (note["transcript"], note["link"]["client"]) == ("Hardware Smith wants the quote by Friday.", "C3")
    assert note["segments"][0]["language"] == "en"
    assert any("Hardware Smith" in reason for reason in note["link"]["evidence"])
    assert bob.get("/clients/C3/brief").json()["notes"][0]["text"] == note["transcript"]


def test_markup_in_a_transcript_is_text(server: SpeechServer, annie: httpx.Client) -> None:
    """A server that answers with a script changes nothing on the pages: it is escaped, control marks are gone."""
    server.will_say(verbose((0.0, 1.0, "<script>alert(1)</script>\x00\x1b[31m Rappeler.")))
    note = transcribed(annie, record(annie, tone(1.0, 520), client="C1"))
    assert note["transcript"] == "<script>alert(1)</script> [31m Rappeler."
    cookies = {COOKIE: annie.headers["authorization"].removeprefix("Bearer ")}
    base = str(annie.base_url).removesuffix("/api/v1/")
    for path in (f"/m/notes/{note['id']}", "/m/notes", "/m/clients/C1", "/api/v1/clients/C1/brief?as=html"):
        page = httpx.get(base + path, cookies=cookies, follow_redirects=True)
        assert page.status_code == 200, path
        assert not re.search("<script", page.text, re.IGNORECASE), path
        assert "&lt;script&gt;" in page.text, path


def test_a_confirmed_link_stays(server: SpeechServer, annie: httpx.Client) -> None:
    """What the rep has said is not changed by what is heard; the transcript shows all the same."""
    server.will_say(verbose((0.0, 1.0, "Chez Tremblay, tout va bien.")) | {"wait": 2.0})
    note_id = record(annie, tone(1.0, 610))
    provisional = settled(annie, note_id)
    assert (provisional["link"]["client"], provisional["transcribing"]) == ("C1", "due")
    annie.patch(f"/notes/{note_id}", json={"client": "C2"}).raise_for_status()
    note = transcribed(annie, note_id)
    assert note["transcript"] == "Chez Tremblay, tout va bien."
    assert (note["link"]["status"], note["link"]["client"]) == ("confirmed", "C2")
    assert annie.get("/clients/C2/brief").json()["notes"][0]["text"] == note["transcript"]


def test_notes_do_not_wait_for_a_slow_server(server: SpeechServer, annie: httpx.Client) -> None:
    """While one recording is being written down, others are taken, processed and linked within two seconds."""
    server.will_say(verbose((0.0, 1.0, "Lentement.")) | {"wait": 6.0}, verbose((0.0, 1.0, "Vite.")))
    slow = record(annie, tone(1.0, 700))
    until(lambda: server.asked, 10, "the first recording is being written down")
    quick = record(annie, tone(1.0, 710))
    assert settled(annie, quick, 2)["link"]["client"] == "C1"
    assert annie.get(f"/notes/{slow}").json()["transcribing"] == "due"
    assert transcribed(annie, quick)["transcript"] == "Vite."


def test_a_server_that_is_down_loses_nothing(tmp_path: Path) -> None:
    """With nobody at the address notes are processed and linked; the transcript comes once the server does."""
    service = Service(tmp_path / "data", settings={"CALEPIN_SPEECH_URL": "http://127.0.0.1:9"}).start()
    try:
        found_company(service)
        with service.device(BOB, service.key()) as device:
            note = settled(device, record(device, tone(1.0)))
            assert (note["state"], note["transcript"], note["transcribing"]) == ("processed", None, "due")
        assert "calepin_transcripts_waiting 1.0" in httpx.get(f"{service.url}/metrics").text
        until(lambda: "cannot be reached" in service.log.read_text(), 20, "the log says what is wrong")
        assert service.stop() == 0
        with speech_server() as late:
            service.settings = {"CALEPIN_SPEECH_URL": late.url}
            service.start()
            with service.device(BOB, service.key()) as device:
                assert transcribed(device, note["id"], 60)["transcript"] == "Bonjour."
    finally:
        service.end()


def test_notes_flow_where_the_model_folder_is_missing(tmp_path: Path) -> None:
    """A recording is processed and linked, its transcript due; the log and the check say what to do."""
    service = Service(tmp_path / "data", settings={"CALEPIN_SPEECH_MODEL": str(tmp_path / "absent")}).start()
    try:
        found_company(service)
        with service.device(ANNIE, service.key()) as device:
            note = settled(device, record(device, tone(1.0)))
        assert (note["state"], note["link"]["client"], note["transcribing"]) == ("processed", "C1", "due")
        until(
            lambda: f"There is no folder {tmp_path / 'absent'}. Remedy" in service.log.read_text(),
            20,
            "the log says so",
        )
        command = [sys.executable, "-m", "deploy.cli", "check"]
        checked = subprocess.run(
            command, check=False, env=service.environment, capture_output=True, text=True, timeout=120
        )
        assert checked.returncode == 1
        assert "wrong  speech to text: There is no folder" in checked.stdout
    finally:
        service.end()


def test_without_an_engine_no_transcript_is_promised(own_service: Service) -> None:
    """Where no engine is set a recording is processed and linked, and nothing is due."""
    found_company(own_service.start())
    with own_service.device(ANNIE, own_service.key()) as device:
        note = settled(device, record(device, tone(1.0)))
    assert (note["state"], note["transcribing"], note["segments"]) == ("processed", None, [])


def record(device: httpx.Client, sound: bytes, **fields: str) -> str:
    """Send a recording; the note's id."""
    answer = device.post("/notes", files={"audio": ("memo.wav", sound, "audio/wav")}, data=fields)
    assert answer.status_code == 201
    return str(answer.json()["id"])


def transcribed(device: httpx.Client, note_id: str, seconds: float = 30) -> dict[str, Any]:
    """The note, once its transcript is done."""

    def done() -> dict[str, Any] | None:
        note: dict[str, Any] = device.get(f"/notes/{note_id}").raise_for_status().json()
        return note if note["transcribing"] not in (None, "due") or note["state"] == "failed" else None

    note: dict[str, Any] = until(done, seconds, f"note {note_id} is transcribed")
    return note
