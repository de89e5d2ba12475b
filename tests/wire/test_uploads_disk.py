"""Uploads on a disk that is full: nothing is acknowledged that has no room, and all goes on when there is some."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.wire.conftest import found_company
from tests.wire.disks import Balloon, small_disk
from tests.wire.recordings import tone
from tests.wire.service import Service
from tests.wire.uploads import BYTES, create, files_of, metadata, note_of, offset_of, send

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty disk of 96 MB."""
    yield from small_disk(tmp_path_factory.mktemp("disk") / "data", 96 * MEGABYTE)


@pytest.fixture(scope="module")
def service(disk: Path) -> Iterator[Service]:
    """A service whose data folder is the small disk."""
    running = Service(disk).start()
    found_company(running)
    yield running
    running.end()


@pytest.fixture
def balloon(disk: Path) -> Iterator[Balloon]:
    """What fills the disk; it is given back at the end."""
    balloon = Balloon(disk)
    yield balloon
    balloon.burst()


def test_an_upload_that_finds_no_room_goes_on_when_there_is_some(
    service: Service, annie: httpx.Client, balloon: Balloon
) -> None:
    """507, the offset is as it was, its room is given back; later the same request is taken and the note is whole."""
    content = tone(120, 801)
    path = create(annie, len(content))
    assert send(annie, path, 0, content[:100_000]).status_code == 204
    balloon.leave(MEGABYTE // 2)
    refused = send(annie, path, 100_000, content[100_000:])
    assert (refused.status_code, refused.json()["code"]) == (507, "storage-full")
    assert refused.headers["tus-resumable"] == "1.0.0"
    assert [file.stat().st_size for file in files_of(service, path)] == [100_000]
    assert offset_of(annie, path) == 100_000
    balloon.burst()
    answer = send(annie, path, 100_000, content[100_000:])
    assert answer.status_code == 204
    assert annie.get(f"/notes/{note_of(answer)}/audio?as=original").content == content
    assert files_of(service, path) == []


@pytest.mark.parametrize("room", [300_000, 150_000, 110_000, 60_000, 20_000, 0])
def test_whatever_room_is_left_an_answer_is_true(
    service: Service, annie: httpx.Client, balloon: Balloon, room: int
) -> None:
    """Creations with their bytes are taken whole or refused with 507, and leave no file; so do last pieces."""
    first, second = tone(6, 802 + room // 1_000), tone(6, 1_802 + room // 1_000)
    path = create(annie, len(second))
    assert send(annie, path, 0, second[:50_000]).status_code == 204
    balloon.leave(room)
    headers = BYTES | metadata(filename="a.wav") | {"Upload-Length": str(len(first))}
    created = annie.post("/uploads", headers=headers, content=first)
    last = send(annie, path, 50_000, second[50_000:])
    assert created.status_code in (201, 507), created.text
    assert last.status_code in (204, 507), last.text
    balloon.burst()
    if created.status_code == 507:
        created = annie.post("/uploads", headers=headers, content=first)
    if last.status_code == 507:
        assert offset_of(annie, path) == 50_000
        last = send(annie, path, 50_000, second[50_000:])
    for answer, content in ((created, first), (last, second)):
        assert annie.get(f"/notes/{note_of(answer)}/audio?as=original").content == content
    assert files_of(service) == []
