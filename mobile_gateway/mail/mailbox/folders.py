"""Where handled mail goes, so that a person who looks into the mailbox sees what has become of it."""

import logging
from typing import Final

from imap_tools import BaseMailBox
from imap_tools.errors import MailboxFolderCreateError

log = logging.getLogger("calepin.mail")

TAKEN: Final = "Calepin"
TOO_LARGE: Final = "TooLarge"
UNREADABLE: Final = "Unreadable"


class Folders:
    """The folder `Calepin` and those in it, made when they are first needed. Methods raise `connection.FAILURES`."""

    def __init__(self, box: BaseMailBox, source: str) -> None:
        self._box = box
        self._source = source
        self._taken: str | None = None
        self._made: set[str] = set()
        self._delimiter = "/"

    def put(self, uid: int, inside: str = "") -> None:
        """Move a message to `Calepin`, or to the folder of that name inside it."""
        self._box.move(str(uid), self._folder(inside))

    def _folder(self, inside: str) -> str:
        if self._taken is None:
            self._taken = self._make_taken()
        if not inside:
            return self._taken
        name = f"{self._taken}{self._delimiter}{inside}"
        if name not in self._made:
            self._ensure(name)
            self._made.add(name)
        return name

    def _make_taken(self) -> str:
        found = self._box.folder.list("", self._source) or self._box.folder.list()
        self._delimiter = next((folder.delim for folder in found if len(folder.delim) == 1), "/")
        try:
            self._ensure(TAKEN)
        except MailboxFolderCreateError:
            # Some servers want every folder inside the first one.
            inner = f"INBOX{self._delimiter}{TAKEN}"
            self._ensure(inner)
            return inner
        return TAKEN

    def _ensure(self, name: str) -> None:
        if not self._box.folder.exists(name):
            self._box.folder.create(name)
