"""A database with the jobs' tables, a rep in it, notes to process, and workers to do it."""

import io
import math
import shutil
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text

from server.domain.notes import Draft, Recorded
from server.domain.policy import Policy
from server.jobs import worker
from server.jobs.parts import Pace, WorkerParts
from server.jobs.queue import DurableQueue, create_tables
from server.store import jobs, notes
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from tests.postgresql import beside

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Jobs:
    """What a test of jobs has at hand."""

    url: str
    database: Database
    queue: DurableQueue
    blobs: Blobs
    rep_id: int

    def take(self, text: str = "", audio: bytes | None = None, *, put: bool = True, minutes_ago: int = 0) -> str:
        """Take a note as the web process does, and give its uid."""
        now = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        recording = None
        if audio is not None:
            recording = Recorded(sha256(audio).hexdigest(), len(audio), "audio/wav")
            path = self.blobs.original(recording.sha256)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(audio)
        draft = Draft(recorded_at=now, received_at=now, recording=recording, text=text, clock_given=True)
        with self.database.transaction() as session:
            uid = notes.add(session, self.rep_id, None, draft).uid
            if put:
                self.queue.put(session, jobs.process_note(uid))
        return uid

    def note(self, uid: str) -> NoteRow:
        """The note as it is now."""
        with self.database.reading() as session:
            return session.scalars(select(NoteRow).where(NoteRow.uid == uid)).one()

    def parts(self, blobs: Blobs | None = None) -> WorkerParts:
        """What a worker is given."""
        return WorkerParts(self.database, blobs or self.blobs, Policy(), lambda: datetime.now(UTC))

    @contextmanager
    def working(self, pace: Pace, blobs: Blobs | None = None) -> Iterator[None]:
        """A worker in a thread of this process."""
        stop = Event()
        thread = Thread(target=worker.run, args=(self.parts(blobs), stop, pace))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    @contextmanager
    def worker_process(self) -> Iterator["subprocess.Popen[str]"]:
        """A worker in a process of its own, killed at the end."""
        command = [sys.executable, "-m", "tests.server.jobs.worker_process", self.url, str(self.blobs.root)]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield process
            finally:
                process.kill()


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file with the jobs' tables."""
    path = tmp_path_factory.mktemp("jobs") / "calepin.sqlite"
    shutil.copy(sqlite_template, path)
    create_tables(Database(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_url: str, postgresql_template: str) -> str:
    """The name of a migrated, empty database with the jobs' tables."""
    name = f"jobs_{uuid4().hex[:12]}"
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}"))
    engine.dispose()
    create_tables(Database(beside(postgresql_url, name)))
    return name


@pytest.fixture
def at_work(database: Database, database_url: str, tmp_path: Path) -> Jobs:
    """Empty tables, an empty store and one rep."""
    blobs = Blobs(tmp_path / "blobs")
    blobs.prepare()
    with database.transaction() as session:
        person = PersonRow(email="rep@example.com", name="Rep")
        session.add(person)
        session.flush()
    return Jobs(database_url, database, DurableQueue(database), blobs, person.id)


def wait_until(happened: Callable[[], bool], seconds: float = 15.0) -> float:
    """Wait until it has happened and say how long that took; fail after so many seconds."""
    started = time.monotonic()
    while not happened():
        if time.monotonic() - started > seconds:
            pytest.fail(f"not within {seconds} seconds")
        time.sleep(0.02)
    return time.monotonic() - started


def tone(seconds: float = 0.5, pitch: float = 440.0) -> bytes:
    """A WAV file with a pure tone: 8 kHz, 16 bits, mono."""
    samples = (round(8000 * math.sin(2 * math.pi * pitch * n / 8000)) for n in range(int(seconds * 8000)))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return file.getvalue()
