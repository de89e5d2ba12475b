"""The sweep of uploads."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from server.domain.devices import Signed
from server.domain.uploads import LASTS
from server.jobs.uploads import sweep
from server.store.blobs import LEFT_OVER_AFTER, Blobs
from server.store.database import Database
from server.store.tables.devices import DeviceRow
from server.store.upload_files import UploadFiles
from server.usecases import uploads
from server.usecases.uploads import Appending, Creation
from tests.company import ANNIE
from tests.server.conftest import NOW

PHONE = Signed(1, "phone", "Phone", "", ANNIE)
LATER = NOW + LASTS + timedelta(seconds=1)


@pytest.fixture
def company(company: Database) -> Database:
    """The company, with a phone of Annie's."""
    with company.transaction() as session:
        session.add(DeviceRow(id=1, uid="phone", rep_id=ANNIE.id, name="Phone", token_digest="x", created_at=NOW))
    return company


def begin(database: Database, blobs: Blobs, uid: str, when: datetime = NOW) -> Path:
    """An upload whose first ten bytes are safe; its file."""
    files = UploadFiles(blobs.root)
    with files.new(uid) as incoming:
        incoming.write(bytes(10))
    with database.transaction() as session:
        uploads.create(session, PHONE, Creation(uid, {}, "audio/amr", 100), when, size=10)
    return files.path(uid, 1)


def aged(path: Path) -> Path:
    """The file, as if nobody had written to it for a while."""
    then = path.stat().st_mtime - LEFT_OVER_AFTER - 1
    os.utime(path, (then, then))
    return path


def test_what_is_too_old_goes_with_its_file(company: Database, blobs: Blobs) -> None:
    """Row and file of an expired upload are removed, another's stay."""
    old, young = begin(company, blobs, "old"), begin(company, blobs, "young", NOW + timedelta(days=1))
    assert sweep(company, blobs, lambda: LATER) == 1
    assert (old.exists(), young.exists()) == (False, True)
    with company.reading() as session:
        assert uploads.one(session, ANNIE.id, "young", LATER).offset == 10


def test_a_file_that_is_being_written_stays(company: Database, blobs: Blobs) -> None:
    """A request that took hold just before the upload's time was over has set it anew."""
    path = begin(company, blobs, "live")
    with company.transaction() as session:
        uploads.claim(session, ANNIE.id, "live", Appending(10, 90), NOW + LASTS - timedelta(seconds=1))
    assert sweep(company, blobs, lambda: LATER) == 0
    assert path.exists()


def test_files_that_no_upload_knows_are_removed_after_an_hour(company: Database, blobs: Blobs) -> None:
    """What crashed requests left goes; what is safe, what is held, and what is fresh stays."""
    files = UploadFiles(blobs.root)
    safe = aged(begin(company, blobs, "safe"))
    with company.transaction() as session:
        uploads.claim(session, ANNIE.id, "safe", Appending(10, 90), NOW)  # died
    with company.transaction() as session:
        held = uploads.claim(session, ANNIE.id, "safe", Appending(10, 90), NOW)
    paths = {}
    for name, uid, number in (("held", "safe", held.number), ("crashed", "safe", 9), ("unknown", "gone", 1)):
        with files.writing(uid, number, 0) as incoming:
            incoming.write(b"x")
        paths[name] = aged(files.path(uid, number))
    with files.writing("fresh", 1, 0):
        pass
    assert sweep(company, blobs, lambda: NOW) == 2
    assert safe.exists()
    assert {name for name, path in paths.items() if path.exists()} == {"held"}
    assert files.path("fresh", 1).exists()


def test_a_thousand_expired_uploads_are_swept_in_one_go(company: Database, blobs: Blobs) -> None:
    """However many there are, none is left for the next time."""
    for number in range(1001):
        with company.transaction() as session:
            when = NOW - LASTS * (10 - number // 100)
            uploads.create(session, PHONE, Creation(f"u{number}", {}, "audio/amr", 100), when)
    assert sweep(company, blobs, lambda: LATER) == 1001
