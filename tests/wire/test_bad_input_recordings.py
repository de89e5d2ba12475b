"""Bad input: what is no recording, and what is a trap for whoever opens it."""

import socket
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from tests.audio import sounds
from tests.wire import hostile
from tests.wire.conftest import found_company
from tests.wire.hostile import left_behind
from tests.wire.recordings import tone
from tests.wire.service import Service, settled

PLAYLISTS = list(hostile.playlists(Path("a"), 1))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that takes a minute at most, so that traps spring soon."""
    folder = tmp_path_factory.mktemp("wary") / "data"
    running = Service(folder, settings={"CALEPIN_LONGEST_NOTE_MINUTES": "1"}).start()
    found_company(running)
    yield running
    running.end()


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """A port on loopback where nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def kept_but_failed(device: httpx.Client, key: str, answer: httpx.Response, content: bytes) -> dict[str, object]:
    """The note of this upload, which rep and office see as failed with a reason, its bytes as they came."""
    assert answer.status_code == 201, answer.text
    note = settled(device, answer.json()["id"])
    assert note["state"] == "failed"
    assert str(note["reason"]).endswith(".")
    assert note["audio"]["sha256"] == sha256(content).hexdigest()
    assert not note["audio"]["playable"]
    original = device.get(f"/notes/{note['id']}/audio?as=original")
    assert original.content == content
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment")
    assert device.get(f"/notes/{note['id']}/audio?as=opus").status_code == 406
    assert note in device.get("/notes").json()["items"]
    office = {"Authorization": f"Bearer {key}"}
    url = str(device.base_url.join("/office/api/v1/notes?limit=1000"))
    listed = {item["id"]: item["state"] for item in httpx.get(url, headers=office).json()["items"]}
    assert listed[note["id"]] == "failed"
    return note


@pytest.mark.parametrize("what", hostile.NOT_RECORDINGS)
def test_what_is_no_recording_is_kept_and_shown_with_its_reason(annie: httpx.Client, key: str, what: str) -> None:
    """What came under a type that may be sound is kept bit for bit, failed in words, and served as bytes to save."""
    kind, build = hostile.NOT_RECORDINGS[what]
    content = build()
    kept_but_failed(annie, key, annie.post("/notes", files={"audio": ("memo.amr", content, kind)}), content)


def test_a_failed_recording_keeps_the_text_and_the_client_that_came_with_it(annie: httpx.Client, key: str) -> None:
    """The words that were typed beside a broken recording are in the client's brief all the same."""
    content = b"#!AMR\nnot speech" * 20
    form = {"text": "Veut 40 caisses", "client": "C1"}
    answer = annie.post("/notes", files={"audio": ("memo.amr", content, "audio/amr")}, data=form)
    note = kept_but_failed(annie, key, answer, content)
    assert note["text"] == "Veut 40 caisses"
    assert "Veut 40 caisses" in annie.get("/clients/C1/brief?as=text").text


@pytest.mark.parametrize("kind", ["image/png", "text/html", "application/pdf", "application/zip", "message/rfc822"])
@pytest.mark.parametrize("as_form", [False, True], ids=["raw", "form"])
def test_a_type_that_is_plainly_not_sound_is_unsupported(
    service: Service, annie: httpx.Client, kind: str, as_form: bool
) -> None:
    """415 says what to send instead, and keeps nothing, even where the bytes would have been a recording."""
    before = left_behind(service)
    content = tone(0.5)
    if as_form:
        answer = annie.post("/notes", files={"audio": ("memo.wav", content, kind)})
    else:
        answer = annie.post("/notes", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported")
    assert kind in answer.json()["title"]
    assert "AMR" in answer.json()["detail"]
    assert left_behind(service) == before


def test_an_empty_body_that_claims_nothing_is_no_note(annie: httpx.Client) -> None:
    """Without a type and without a byte nothing was sent, whatever the query says about it."""
    before = annie.get("/notes").json()
    answer = annie.post("/notes?client=C1")
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing-sent")
    assert annie.get("/notes").json() == before


@pytest.mark.parametrize("what", PLAYLISTS)
def test_a_playlist_reads_no_file_and_calls_nobody(
    tmp_path: Path, annie: httpx.Client, key: str, trap: socket.socket, what: str
) -> None:
    """A list of addresses named like a recording fails: its file is not played, its port not called."""
    canary = sounds.wav(tmp_path / "canary.wav", sounds.speech(1).tobytes())
    content = hostile.playlists(canary, trap.getsockname()[1])[what]
    answer = annie.post("/notes", files={"audio": ("memo.m4a", content, "audio/mp4")})
    note = kept_but_failed(annie, key, answer, content)
    assert note["seconds"] is None
    with pytest.raises(BlockingIOError):
        trap.accept()


@pytest.mark.parametrize("what", hostile.LYING)
def test_a_lying_recording_fails_and_the_next_one_is_processed(annie: httpx.Client, key: str, what: str) -> None:
    """Rates and lengths beyond belief, NaN, bombs: failed within the limits, and the worker goes on."""
    content = hostile.LYING[what]()
    kept_but_failed(annie, key, annie.post("/notes", files={"audio": ("memo.wav", content, "audio/wav")}), content)
    honest = hostile.other_tone(100 + list(hostile.LYING).index(what))
    good = annie.post("/notes", files={"audio": ("memo.wav", honest, "audio/wav")})
    assert settled(annie, good.json()["id"])["state"] == "processed"


def test_the_worker_has_not_had_to_be_started_again(service: Service) -> None:
    """None of the above ended the worker, or made a job fail."""
    log = service.log.read_text()
    assert "starting it again" not in log
    assert "Traceback" not in log
    assert " failed: " not in log
