"""The power goes, again and again, while notes come in: what was acknowledged is there, whole, and processed once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import Event, Thread

import httpx
import numpy as np
import pytest

from tests.wire.conftest import ANNIE, found_company
from tests.wire.databases import database_of
from tests.wire.recordings import tone
from tests.wire.service import Service, settled, until

SENDERS = 2
PAUSE = 0.4  # seconds between two uploads of a sender: more notes would only take longer to process
SOUNDS = (tone(0.3), tone(15))


def recording(number: int) -> bytes:
    """A recording of its own for each number: now a short one, now one that takes a while to come in."""
    sound = SOUNDS[number % 4 == 0]
    return sound[:200] + number.to_bytes(4, "little") + sound[204:]


@dataclass
class Stream:
    """A device that sends one recording after the other, and keeps what is not acknowledged to send it again."""

    device: httpx.Client
    acknowledged: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    over: Event = field(default_factory=Event)
    numbers: Iterator[int] = field(default_factory=count)

    def send_all(self) -> None:
        """Until told that it is over; a recording is given up only once it has been acknowledged."""
        with httpx.Client(base_url=self.device.base_url, headers=self.device.headers, timeout=30) as client:
            for number in self.numbers:
                content = recording(number)
                while not self.over.is_set() and not self._acknowledged(client, content):
                    self.over.wait(0.1)
                if self.over.wait(PAUSE):
                    return

    def _acknowledged(self, client: httpx.Client, content: bytes) -> bool:
        try:
            answer = client.post("/notes", files={"audio": ("memo.wav", content, "audio/wav")})
        except httpx.TransportError:
            self.cut += 1
            return False
        assert answer.status_code in (200, 201), answer.text
        self.acknowledged[answer.json()["id"]] = sha256(content).hexdigest()
        return True


@contextmanager
def streaming(device: httpx.Client) -> Iterator[Stream]:
    """Notes come in while the block lasts."""
    stream = Stream(device)
    senders = [Thread(target=stream.send_all) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    try:
        yield stream
    finally:
        stream.over.set()
        for sender in senders:
            sender.join()


def descendants(pid: int) -> set[int]:
    """The living processes that a process has started, theirs included."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            status, parent = entry.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if status != "Z":
            parents[int(entry.parent.name)] = int(parent)
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that have not ended."""
    return pids & {int(path.name) for path in Path("/proc").glob("[0-9]*") if not _ended(path)}


def _ended(process: Path) -> bool:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@contextmanager
def running(service: Service) -> Iterator[Service]:
    """The service with its small company, gone afterwards."""
    found_company(service.start())
    try:
        yield service
    finally:
        service.end()


def cut_the_power(service: Service) -> None:
    """SIGKILL to the main process; every other one notices by itself and ends. Then it starts again."""
    assert service.process is not None
    tree = descendants(service.process.pid)
    service.kill()
    until(lambda: not alive(tree), 10, "the worker has noticed and ended")
    service.start()


def workers_begun(service: Service) -> int:
    """How many workers have got so far as to run jobs."""
    return service.log.read_text().count(" runs jobs")


def let_work(service: Service, begun: int) -> None:
    """Wait until a worker runs jobs after those that had begun before."""
    until(lambda: workers_begun(service) > begun, 20, "the worker runs jobs")


@pytest.mark.parametrize(("kind", "kills"), [("sqlite", 10), ("postgresql", 2)])
def test_kill_9_loses_no_acknowledged_note(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, kills: int
) -> None:
    """SIGKILL at random moments of a stream of uploads: each acknowledged recording is there, processed once."""
    with (
        database_of(request, kind) as url,
        running(Service(tmp_path / "data", database_url=url)) as service,
        service.office(service.key()) as office,
        service.device(ANNIE, office.headers["authorization"].removeprefix("Bearer ")) as device,
    ):
        with streaming(device) as stream:
            keep_cutting(service, kills)
            until(lambda: len(stream.acknowledged) > 3 * kills, 30, "notes have come in")
        assert stream.cut > 0
        is_all_there(service, device, stream.acknowledged)
        listed = office.get("/notes?limit=1000").json()["items"]
        assert {note["id"] for note in listed} >= set(stream.acknowledged)
        assert len({note["audio"]["sha256"] for note in listed}) == len(listed)


def keep_cutting(service: Service, kills: int) -> None:
    """Cut the power at random moments, now and then in the middle of the work, otherwise soon after a start."""
    begun = 0
    for number, moment in enumerate(np.random.default_rng(20_261).uniform(0.05, 0.9, kills)):
        if number % 3 == 0:
            let_work(service, begun)
        time.sleep(moment)
        begun = workers_begun(service)
        cut_the_power(service)


def is_all_there(service: Service, device: httpx.Client, acknowledged: dict[str, str]) -> None:
    """Each acknowledged note is processed, once, and its recording is byte for byte what was sent."""
    for uid, digest in acknowledged.items():
        assert settled(device, uid, 60)["state"] == "processed"
        assert sha256(device.get(f"/notes/{uid}/audio?as=original").content).hexdigest() == digest
    log = service.log.read_text()
    assert [uid for uid in acknowledged if log.count(f"note {uid}: voice processed") > 1] == []
