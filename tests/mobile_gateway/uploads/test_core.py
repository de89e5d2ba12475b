"""The upload core against a model: create, send, cut, crash, resume, race, expire, in any order."""

import asyncio
import base64
import shutil
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from mobile_gateway.uploads import routes
from mobile_gateway.uploads.writers import Writers
from server.domain.credentials import digest
from server.domain.policy import Policy
from server.domain.uploads import LASTS
from server.jobs.uploads import sweep
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import Outbox
from server.store.tables.devices import DeviceRow
from server.store.tables.jobs import JobRow
from server.store.tables.notes import NoteRow
from server.usecases import uploads
from server.usecases.uploads import Appending, UploadFiles
from server.web import health, problems
from server.web.headers import Envelope
from server.web.services import Services
from tests.company import ANNIE, found
from tests.mobile_gateway.uploads.asking import Answer, Body, ask

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TUS = {"Tus-Resumable": "1.0.0", "Authorization": "Bearer cld_annie"}
BYTES = TUS | {"Content-Type": "application/offset+octet-stream"}
KIND = "filetype " + base64.b64encode(b"audio/amr").decode()


@dataclass
class Sent:
    """What the model knows of an upload: its bytes, how many are safe, and whether it is a note."""

    path: str
    content: bytes
    safe: int = 0
    finished: bool = False
    gone: bool = False

    def headers(self, offset: int) -> dict[str, str]:
        """Those of a PATCH."""
        return BYTES | {"Upload-Offset": str(offset)}


class Uploading(RuleBasedStateMachine):
    """A device, a service that crashes, and a model of what must be safe."""

    template: Path
    sent = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="uploading-"))
        shutil.copy(self.template, self.folder / "calepin.sqlite")
        self.database = Database(f"sqlite:///{self.folder / 'calepin.sqlite'}")
        self.blobs = Blobs(self.folder)
        self.blobs.prepare()
        self.now = START
        with self.database.transaction() as session:
            found(session, START)
            session.add(
                DeviceRow(
                    uid="phone", rep_id=ANNIE.id, name="Phone", token_digest=digest("cld_annie"), created_at=START
                )
            )
        self.known: list[Sent] = []
        self.number = 0
        self.start()

    def start(self) -> None:
        """A new process: nothing is remembered but what is on the disk."""
        services = Services(self.database, self.blobs, Outbox(), Policy(), lambda: self.now, "http://testserver")
        app = FastAPI()
        app.state.services, app.state.writers = services, Writers()
        app.include_router(routes.router)
        problems.install(app)
        self.app = Envelope(app, https=False, figures=health.Figures())

    def teardown(self) -> None:
        """Everything goes."""
        self.database.close()
        shutil.rmtree(self.folder)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """In an event loop of its own."""
        return asyncio.run(work)

    def ask(self, method: str, path: str, headers: dict[str, str], body: Body | None = None) -> Answer:
        """One request."""
        answer: Answer = self.run(ask(self.app, method, path, headers, body))
        return answer

    def content(self, size: int) -> bytes:
        """Bytes that no other upload has."""
        self.number += 1
        return (b"#!AMR\n" + self.number.to_bytes(4, "big") + bytes(range(256)) * 40)[:size]

    @rule(target=sent, size=st.integers(10, 9_000))
    def create(self, size: int) -> Sent:
        """An upload without its first bytes."""
        content = self.content(size)
        answer = self.ask("POST", "/api/v1/uploads", TUS | {"Upload-Length": str(size), "Upload-Metadata": KIND})
        assert answer.status == 201
        self.known.append(Sent(answer.headers["location"], content))
        return self.known[-1]

    @rule(target=sent, size=st.integers(10, 9_000), part=st.floats(0.01, 1))
    def create_with_bytes(self, size: int, part: float) -> Sent:
        """An upload with its first bytes, or all of them."""
        content = self.content(size)
        first = content[: max(1, int(size * part))]
        headers = BYTES | {"Upload-Length": str(size), "Upload-Metadata": KIND, "Content-Length": str(len(first))}
        answer = self.ask("POST", "/api/v1/uploads", headers, Body([first]))
        assert (answer.status, answer.headers["upload-offset"]) == (201, str(len(first)))
        self.known.append(Sent(answer.headers["location"], content, len(first), len(first) == size))
        return self.known[-1]

    @rule(upload=sent, part=st.floats(0, 1), pieces=st.integers(1, 3), announced=st.booleans())
    def send(self, upload: Sent, part: float, pieces: int, announced: bool) -> None:
        """Some more bytes, or the last ones."""
        some = upload.content[upload.safe :][: int((len(upload.content) - upload.safe) * part) + 1]
        length = {"Content-Length": str(len(some))} if announced else {"Transfer-Encoding": "chunked"}
        step = max(1, len(some) // pieces)
        body = Body([some[at : at + step] for at in range(0, len(some), step)])
        answer = self.ask("PATCH", upload.path, upload.headers(upload.safe) | length, body)
        if upload.gone:
            assert answer.status == 404
            return
        if upload.finished:
            assert answer.status == (409 if some or not announced else 204)
            assert "content-location" in answer.headers
            return
        assert answer.status == 204
        upload.safe += len(some)
        upload.finished = upload.safe == len(upload.content)
        assert answer.headers["upload-offset"] == str(upload.safe)
        assert ("content-location" in answer.headers) == upload.finished

    @rule(upload=sent, part=st.floats(0, 0.99))
    def cut(self, upload: Sent, part: float) -> None:
        """The connection breaks within a body: what came is safe."""
        rest = upload.content[upload.safe :]
        came = rest[: int(len(rest) * part)]
        headers = upload.headers(upload.safe) | {"Content-Length": str(len(rest))}
        self.ask("PATCH", upload.path, headers, Body([came] if came else [], "cut off"))
        if not upload.gone and not upload.finished:
            upload.safe += len(came)

    @rule(upload=sent, part=st.floats(0.01, 1))
    def crash(self, upload: Sent, part: float) -> None:
        """The power goes while bytes are written that nobody has acknowledged: they do not count."""
        if upload.gone or upload.finished:
            return
        uid = upload.path.rpartition("/")[2]
        with self.database.transaction() as session:
            held = uploads.claim(session, ANNIE.id, uid, Appending(upload.safe, None), self.now)
        files = UploadFiles(self.blobs.root)
        with files.writing(uid, held.number, held.offset, held.copies) as incoming:
            incoming.write(b"\xff" * int(len(upload.content) * part))
        self.start()

    @rule(upload=sent, wrong=st.integers(-5_000, 9_000).filter(bool))
    def misplace(self, upload: Sent, wrong: int) -> None:
        """Bytes for another place are refused, and nothing is written."""
        offset = max(0, upload.safe + wrong)
        if offset == upload.safe:
            return
        answer = self.ask("PATCH", upload.path, upload.headers(offset) | {"Content-Length": "3"}, Body([b"\xff" * 3]))
        assert answer.status == (404 if upload.gone else 409)

    @rule(upload=sent)
    def overflow(self, upload: Sent) -> None:
        """More than the length leaves nothing of that request, announced or not."""
        if upload.gone or upload.finished:
            return
        more = upload.content[upload.safe :] + b"\xff"
        for length in ({"Content-Length": str(len(more))}, {"Transfer-Encoding": "chunked"}):
            answer = self.ask("PATCH", upload.path, upload.headers(upload.safe) | length, Body([more[:1], more[1:]]))
            assert answer.status == 413

    @rule(upload=sent, part=st.floats(0, 0.9))
    def break_checksum(self, upload: Sent, part: float) -> None:
        """Bytes with a wrong checksum are not kept; nor are those that were cut off before it could be looked at."""
        if upload.gone or upload.finished:
            return
        rest = upload.content[upload.safe :]
        wrong = "sha256 " + base64.b64encode(sha256(b"other").digest()).decode()
        headers = upload.headers(upload.safe) | {"Content-Length": str(len(rest)), "Upload-Checksum": wrong}
        assert self.ask("PATCH", upload.path, headers, Body([rest])).status == 460
        came = rest[: int(len(rest) * part)]
        self.ask("PATCH", upload.path, headers, Body([came] if came else [], "cut off"))

    @rule(upload=sent, part=st.floats(0, 0.9))
    def race(self, upload: Sent, part: float) -> None:
        """Two requests for the same bytes: the later one takes over, and the earlier one is told so."""
        if upload.gone or upload.finished:
            return
        rest = upload.content[upload.safe :]
        headers = upload.headers(upload.safe) | {"Content-Length": str(len(rest))}

        async def both() -> tuple[Answer, Answer]:
            came = rest[: int(len(rest) * part)]
            stuck = Body([came] if came else [], "waiting")
            first = asyncio.create_task(ask(self.app, "PATCH", upload.path, headers, stuck))
            await stuck.taken.wait()
            second = await ask(self.app, "PATCH", upload.path, headers, Body([rest]))
            return await first, second

        first, second = self.run(both())
        assert (first.status, second.status) == (409, 204)
        upload.safe, upload.finished = len(upload.content), True

    @rule(upload=sent, part=st.floats(0, 0.9), finishes=st.booleans())
    def take_over_in_another_process(self, upload: Sent, part: float, finishes: bool) -> None:
        """What a process that knows nothing of the other one has committed is not undone by the other's late bytes."""
        if upload.gone or upload.finished:
            return
        rest = upload.content[upload.safe :]
        headers = upload.headers(upload.safe) | {"Content-Length": str(len(rest))}

        async def both() -> tuple[Answer, Answer]:
            came = b"\xff" * int(len(rest) * part)
            stuck = Body([came] if came else [], "waiting", late=b"\xff" * (len(rest) - len(came)))
            first = asyncio.create_task(ask(self.app, "PATCH", upload.path, headers, stuck))
            await stuck.taken.wait()
            self.start()
            some = rest if finishes else rest[: len(rest) // 2 + 1]
            length = {"Content-Length": str(len(some))}
            second = await ask(self.app, "PATCH", upload.path, headers | length, Body([some]))
            stuck.go_on.set()
            upload.safe += len(some)
            return await first, second

        first, second = self.run(both())
        assert (first.status, second.status) == (409, 204)
        upload.finished = upload.safe == len(upload.content)

    @rule(upload=sent, part=st.floats(0, 0.9))
    def resume_a_half_open_one(self, upload: Sent, part: float) -> None:
        """HEAD stops a request that has fallen silent at once, and tells what came of it."""
        if upload.gone or upload.finished:
            return
        rest = upload.content[upload.safe :]
        came = rest[: int(len(rest) * part)]
        headers = upload.headers(upload.safe) | {"Content-Length": str(len(rest))}

        async def both() -> Answer:
            stuck = Body([came] if came else [], "waiting")
            first = asyncio.create_task(ask(self.app, "PATCH", upload.path, headers, stuck))
            await stuck.taken.wait()
            head = await ask(self.app, "HEAD", upload.path, TUS)
            assert (await first).status == 409
            return head

        upload.safe += len(came)
        assert self.run(both()).headers["upload-offset"] == str(upload.safe)

    @rule(upload=sent)
    def terminate(self, upload: Sent) -> None:
        """The sender gives it up; a note stays."""
        assert self.ask("DELETE", upload.path, TUS).status == (404 if upload.gone else 204)
        upload.gone = True

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        """Time goes by, and the sweep with it."""
        self.now += timedelta(days=days)
        sweep(self.database, self.blobs, lambda: self.now)
        for upload in self.known:
            uid = upload.path.rpartition("/")[2]
            with self.database.reading() as session:
                there = uploads.uploads.one(session, ANNIE.id, uid, START)
            assert there is None or there.expires_at <= self.now + LASTS
            upload.gone = upload.gone or there is None
            assert there is None or there.expires_at > self.now

    @invariant()
    def what_is_safe_is_told_and_what_is_finished_is_a_note(self) -> None:
        """HEAD tells the model's offset; each finished upload is one note with one job and its very bytes."""
        for upload in self.known:
            answer = self.ask("HEAD", upload.path, TUS)
            assert answer.status == (404 if upload.gone else 200)
            assert upload.gone or answer.headers["upload-offset"] == str(upload.safe)
        with self.database.reading() as session:
            notes = sorted(blob or "" for blob in session.scalars(select(NoteRow.blob)))
            jobs = len(list(session.scalars(select(JobRow.key))))
        finished = sorted(sha256(upload.content).hexdigest() for upload in self.known if upload.finished)
        assert (notes, jobs) == (finished, len(finished))
        for name in finished:
            assert sha256(self.blobs.original(name).read_bytes()).hexdigest() == name
        assert not list((self.folder / "incoming").iterdir())

    @invariant()
    def no_file_is_left_of_what_is_over(self) -> None:
        """Finished and ended uploads have no file."""
        over = {upload.path.rpartition("/")[2] for upload in self.known if upload.gone or upload.finished}
        assert [path for path in (self.folder / "uploads").iterdir() if path.name.partition(".")[0] in over] == []


def test_whatever_happens_in_whatever_order_the_model_holds(sqlite_template: Path) -> None:
    """Nothing acknowledged is lost, nothing unacknowledged counts, and every upload becomes one note or none."""
    machine = type("Machine", (Uploading,), {"template": sqlite_template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
