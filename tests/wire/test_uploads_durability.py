"""The power goes in the middle of an upload, again and again: what was acknowledged counts, and nothing else does."""

import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from tests.wire.conftest import ANNIE, found_company
from tests.wire.databases import database_of
from tests.wire.recordings import tone
from tests.wire.service import Service, until
from tests.wire.uploads import BYTES, create, files_of, head, note_of, offset_of, send


@contextmanager
def ended(service: Service) -> Iterator[Service]:
    """The service, gone afterwards whatever happened."""
    try:
        yield service
    finally:
        service.end()


def written(service: Service, path: str) -> int:
    """The size of the largest file of an upload."""
    return max((file.stat().st_size for file in files_of(service, path)), default=0)


def kill_in_the_middle(service: Service, device: httpx.Client, path: str, offset: int, part: bytes, rest: int) -> None:
    """Send a part of a body, see that it is being written, and cut the power."""
    told = BYTES | {"Upload-Offset": str(offset), "Content-Length": str(rest)}
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection, suppress(OSError):
        connection.sendall(head(device, "PATCH", path, told) + part)
        until(lambda: written(service, path) >= offset + min(len(part), 1), 10, "it is being written")
        service.kill()


@pytest.mark.parametrize(("kind", "kills"), [("sqlite", 10), ("postgresql", 2)])
def test_kill_9_in_the_middle_of_a_patch_and_then_resume(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, kills: int
) -> None:
    """However much was written when the power went, the finished recording has the SHA-256 of what was sent."""
    chance = random.Random(4)  # noqa: S311 - the same moments every time
    with database_of(request, kind) as url, ended(Service(tmp_path / "data", url)) as service:
        found_company(service.start())
        with service.device(ANNIE, service.key()) as device:
            for number in range(kills):
                content = tone(6, 700 + number)
                path = create(device, len(content))
                safe = chance.randrange(0, 40_000)
                assert send(device, path, 0, content[:safe]).status_code == 204
                # What is written but not acknowledged is not what comes again: it must not be found in the recording.
                garbage = chance.randbytes(chance.randrange(1, len(content) - safe))
                kill_in_the_middle(service, device, path, safe, garbage, len(content) - safe)
                service.start()
                assert offset_of(device, path) == safe
                answer = send(device, path, safe, content[safe:])
                assert answer.status_code == 204, answer.text
                original = device.get(f"/notes/{note_of(answer)}/audio?as=original").content
                assert sha256(original).hexdigest() == sha256(content).hexdigest()
                assert files_of(service, path) == []


def test_a_long_upload_loses_ten_seconds_at_most(own_service: Service) -> None:
    """What came of a request that goes on and on is made safe on its way: kill -9 takes back the last bytes only."""
    found_company(own_service.start())
    content = tone(6, 720)
    with own_service.device(ANNIE, own_service.key()) as device:
        path = create(device, len(content))
        told = BYTES | {"Upload-Offset": "0", "Content-Length": str(len(content))}
        with socket.create_connection(("127.0.0.1", own_service.port), timeout=20) as connection, suppress(OSError):
            connection.sendall(head(device, "PATCH", path, told))
            began = time.monotonic()
            sent = 0
            while time.monotonic() - began < 11:
                connection.sendall(content[sent : sent + 100])
                sent += 100
                time.sleep(0.2)
            own_service.kill()
        own_service.start()
        safe = offset_of(device, path)
        assert 0 < safe <= sent
        answer = send(device, path, safe, content[safe:])
        original = device.get(f"/notes/{note_of(answer)}/audio?as=original").content
        assert sha256(original).hexdigest() == sha256(content).hexdigest()
