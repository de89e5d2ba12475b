"""Bad input: more than the disk has room for. The disk is a small one of memory, mounted for these tests."""

import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from tests.wire.conftest import found_company
from tests.wire.disks import Balloon, small_disk
from tests.wire.hostile import left_behind
from tests.wire.recordings import tone
from tests.wire.service import Service, settled, until

MEGABYTE = 1024 * 1024
SIZE = 96 * MEGABYTE  # the service says that it is ready while there are 64 MB
FIRST_RETRY = 20.0  # seconds, as `server.jobs.parts.Pace` has it


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty disk of 96 MB."""
    yield from small_disk(tmp_path_factory.mktemp("disk") / "data", SIZE)


@pytest.fixture(scope="module")
def service(disk: Path) -> Iterator[Service]:
    """A service whose data folder is the small disk."""
    running = Service(disk).start()
    found_company(running)
    yield running
    running.end()


@pytest.fixture(scope="module")
def balloon(disk: Path) -> Balloon:
    """What fills the disk."""
    return Balloon(disk)


@pytest.fixture(scope="module")
def earlier(annie: httpx.Client) -> dict[str, str]:
    """Notes from before the trouble: the SHA-256 of each one's recording."""
    kept = {}
    for number in range(3):
        content = tone(1, 400 + number)
        answer = annie.post("/notes", files={"audio": ("memo.wav", content, "audio/wav")}, data={"client": "C1"})
        kept[answer.json()["id"]] = sha256(content).hexdigest()
        settled(annie, answer.json()["id"])
    return kept


def whole(device: httpx.Client, kept: dict[str, str]) -> None:
    """Each of the notes is there, and its recording is what was sent."""
    for uid, digest in kept.items():
        original = device.get(f"/notes/{uid}/audio?as=original").raise_for_status()
        assert sha256(original.content).hexdigest() == digest


def send(device: httpx.Client, content: bytes) -> httpx.Response:
    return device.post("/notes", files={"audio": ("memo.wav", content, "audio/wav")})


@pytest.fixture(scope="module")
def acknowledged(earlier: dict[str, str]) -> dict[str, str]:
    """All the recordings that were answered with 201, whatever room there was, with their SHA-256."""
    return dict(earlier)


def taken(device: httpx.Client, content: bytes, acknowledged: dict[str, str]) -> bool:
    """Whether a recording was taken; otherwise it was refused for want of room."""
    answer = send(device, content)
    assert answer.status_code in (201, 507), answer.text
    if answer.status_code == 201:
        acknowledged[answer.json()["id"]] = sha256(content).hexdigest()
    return answer.status_code == 201


def test_a_recording_that_finds_no_room_is_not_taken(
    service: Service, annie: httpx.Client, earlier: dict[str, str], balloon: Balloon
) -> None:
    """507 says to keep it on the device; nothing of it stays, and what was there is whole and can be read."""
    before = (annie.get("/notes").json(), left_behind(service))
    balloon.leave(MEGABYTE // 2)
    refused = send(annie, tone(60, 450))
    assert (refused.status_code, refused.json()["code"]) == (507, "storage-full")
    assert (annie.get("/notes").json(), left_behind(service)) == before
    whole(annie, earlier)
    assert annie.get("/clients/C1/brief").status_code == 200
    assert httpx.get(f"{service.url}/readyz").status_code == 503
    assert httpx.get(f"{service.url}/livez").status_code == 200


def test_a_recording_that_cannot_be_decoded_for_want_of_room_waits(
    service: Service, annie: httpx.Client, acknowledged: dict[str, str], balloon: Balloon
) -> None:
    """Half a minute fits, its decoded sound does not: that is no fault of the recording, so the note is not failed."""
    balloon.leave(MEGABYTE)
    assert taken(annie, tone(30, 460), acknowledged)
    uid = list(acknowledged)[-1]
    until(lambda: f"process_note {uid} failed" in service.log.read_text(), 20, "decoding was tried")
    assert annie.get(f"/notes/{uid}").json()["state"] == "received"


@pytest.mark.parametrize("room", [400_000, 200_000, 100_000, 50_000, 20_000, 0])
def test_whatever_room_is_left_an_answer_is_true(
    annie: httpx.Client, acknowledged: dict[str, str], balloon: Balloon, room: int
) -> None:
    """Down to the last byte every upload is either taken, and then it is there, or refused with 507."""
    balloon.leave(room)
    texts = []
    for number in range(4):
        taken(annie, tone(2, 500 + number + room // 1_000), acknowledged)
        answer = annie.post("/notes", data={"text": f"Note {number}, {room}"})
        assert answer.status_code in (201, 507), answer.text
        texts += [answer.json()["id"]] if answer.status_code == 201 else []
    listed = {note["id"] for note in annie.get("/notes?limit=200").json()["items"]}
    assert listed >= {*texts, *acknowledged}
    whole(annie, acknowledged)


def test_it_works_again_when_there_is_room(
    service: Service, annie: httpx.Client, acknowledged: dict[str, str], balloon: Balloon
) -> None:
    """Nobody has to do anything but make room: new notes are processed at once, those that waited a little later."""
    balloon.burst()
    made = time.monotonic()
    assert httpx.get(f"{service.url}/readyz").status_code == 200
    assert taken(annie, tone(1, 470), acknowledged)
    assert settled(annie, list(acknowledged)[-1])["state"] == "processed"
    time.sleep(max(0.0, made + FIRST_RETRY + 0.5 - time.monotonic()))
    service.kill()  # a new worker looks at once; the old one would have looked within twenty seconds
    service.start()
    assert {settled(annie, uid)["state"] for uid in acknowledged} == {"processed"}
    whole(annie, acknowledged)
    assert [name for name in left_behind(service) if len(name) < len(sha256().hexdigest())] == []
