"""The files of unfinished uploads: `uploads/UID.NUMBER`. What counts in them the database says, nothing else."""

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from server.store.blobs import LEFT_OVER_AFTER, Incoming, sync_folder


class UploadFiles:
    """The folder beside the recordings, on the same disk, so that what is whole only has to be moved."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "uploads"
        self._links = root / "incoming"

    @contextmanager
    def new(self, uid: str) -> Iterator[Incoming]:
        """File number 1 of an upload that nobody knows yet; gone if the block raises."""
        path = self.path(uid, 1)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            yield Incoming(descriptor, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)

    def path(self, uid: str, number: int) -> Path:
        """Where a file of an upload lies."""
        return self._folder / f"{uid}.{number}"

    @contextmanager
    def writing(self, uid: str, number: int, at: int, copied_from: int | None = None) -> Iterator[Incoming]:
        """A file to go on writing after its first `at` bytes; whatever else is in it is cut off.

        `copied_from` is the number of the file whose first `at` bytes it begins with. Raises FileNotFoundError when
        those bytes are not there any more, OSError when there is no room.
        """
        path = self.path(uid, number)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if copied_from is not None:
                _copy(self.path(uid, copied_from), descriptor, at)
            if os.fstat(descriptor).st_size < at:
                path.unlink()
                raise FileNotFoundError(errno.ENOENT, "what was safe is gone", path.name)
            os.ftruncate(descriptor, at)
            os.lseek(descriptor, at, os.SEEK_SET)
            yield Incoming(descriptor, path, at)
        finally:
            os.close(descriptor)

    def secure_names(self) -> None:
        """Force the names of new files to the disk."""
        sync_folder(self._folder)

    @contextmanager
    def second_name(self, incoming: Incoming) -> Iterator[Incoming]:
        """The same file by another name, to be moved among the originals; the first name stays if that fails.

        Raises FileNotFoundError when the first name is gone.
        """
        name = self._links / secrets.token_hex(16)
        try:
            os.link(incoming.path, name)
        except FileNotFoundError:
            raise
        except OSError:  # a file system without second names
            shutil.copyfile(incoming.path, name)
        try:
            yield incoming.renamed(name)
        finally:
            name.unlink(missing_ok=True)

    def cut(self, uid: str, number: int, at: int) -> None:
        """Give back the room of what lies behind the first `at` bytes."""
        with suppress(FileNotFoundError):
            os.truncate(self.path(uid, number), at)

    def remove(self, uid: str, number: int | None = None) -> None:
        """Remove one file of an upload, or all that it has."""
        paths = self._folder.glob(f"{uid}.*") if number is None else (self.path(uid, number),)
        for path in paths:
            path.unlink(missing_ok=True)

    def old(self) -> list[tuple[str, int]]:
        """The ids and numbers of the files that nobody has written to within the hour."""
        found = []
        for path in self._folder.iterdir():
            uid, _, number = path.name.partition(".")
            with suppress(FileNotFoundError):
                if number.isdigit() and time.time() - path.stat().st_mtime > LEFT_OVER_AFTER:
                    found.append((uid, int(number)))
        return found


def _copy(source: Path, descriptor: int, size: int) -> None:
    with source.open("rb") as file:
        at = 0
        while at < size:
            copied = os.sendfile(descriptor, file.fileno(), at, size - at)
            if not copied:
                return
            at += copied
