"""The end of uploads that nobody goes on with, and of files that no upload knows any more."""

from collections.abc import Callable
from datetime import datetime

from server.store import uploads
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.upload_files import UploadFiles

MOST_AT_ONCE = 500
SWEEP_EVERY = 600.0  # seconds


def sweep(database: Database, blobs: Blobs, clock: Callable[[], datetime]) -> int:
    """Remove the uploads whose time is over and the files that belong to none; count both.

    A request that writes has set its upload's time anew, and a file that was written to within the hour is left alone.
    """
    files = UploadFiles(blobs.root)
    gone = 0
    while uids := _drop_expired(database, clock()):
        for uid in uids:
            files.remove(uid)
        gone += len(uids)
    return gone + _remove_orphans(database, files)


def _drop_expired(database: Database, now: datetime) -> list[str]:
    with database.transaction() as session:
        return uploads.drop_expired(session, now, MOST_AT_ONCE)


def _remove_orphans(database: Database, files: UploadFiles) -> int:
    old = files.old()
    removed = 0
    for at in range(0, len(old), MOST_AT_ONCE):
        batch = old[at : at + MOST_AT_ONCE]
        with database.reading() as session:
            used = uploads.files_in_use(session, {uid for uid, _ in batch})
        for uid, number in batch:
            if (uid, number) not in used:
                files.remove(uid, number)
                removed += 1
    return removed
