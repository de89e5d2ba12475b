"""A connection to an IMAP server (RFC 9051, RFC 3501): what the mailbox needs of it, in few words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from typing import Any, Final

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFetchError

from mobile_gateway.mail.mailbox.account import Account

FAILURES: Final = (ImapToolsError, IMAP4.error, OSError)
CLASSES: Final = {"tls": MailBox, "starttls": MailBoxStartTls, "none": MailBoxUnencrypted}
PIECE: Final = 1 << 20

_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")


class Connection:
    """A signed-in connection with its folder selected. Methods raise one of FAILURES."""

    def __init__(self, box: BaseMailBox, folder: str) -> None:
        self.box = box
        self._folder = folder
        # What the server can do is often known only after signing in.
        _, data = box.client.capability()
        box.client.capabilities = tuple(str(data[-1] or b"", "ascii", "replace").upper().split())
        self.select()

    def select(self) -> int:
        """Look at the folder afresh; its UIDVALIDITY."""
        self.box.folder.set(self._folder)
        _, data = self.box.client.response("UIDVALIDITY")
        return int(data[0]) if data and data[0] else 0

    @property
    def tells(self) -> bool:
        """Whether the server tells of new mail by itself."""
        return "IDLE" in self.box.client.capabilities

    def after(self, uid: int) -> list[int]:
        """The UIDs greater than that one, in order."""
        # “n:*” always has the last message in it, however small its UID.
        found = (int(each) for each in self.box.uids(f"UID {uid + 1}:*", None))
        return sorted(each for each in found if each > uid)

    def size(self, uid: int) -> int | None:
        """How large the server says a message is; None when it is not there any more."""
        found = [_SIZE.search(text) for text in _texts(self._fetch(uid, "(RFC822.SIZE)"))]
        return next((int(match[1]) for match in found if match), None)

    def pieces(self, uid: int) -> Iterator[bytes]:
        """The message's bytes, a piece at a time; that does not mark it as seen."""
        start = 0
        while True:
            data = self._fetch(uid, f"(BODY.PEEK[]<{start}.{PIECE}>)")
            piece = next((item[1] for item in data if isinstance(item, tuple)), b"")
            if piece:
                yield piece
            if len(piece) < PIECE:
                return
            start += len(piece)

    def _fetch(self, uid: int, what: str) -> list[Any]:
        kind, data = self.box.client.uid("FETCH", str(uid), what)
        if kind != "OK":
            raise MailboxFetchError((kind, []), "OK")
        return data


@contextmanager
def connected(account: Account, answer: float) -> Iterator[Connection]:
    """Sign in and select the folder; raises one of FAILURES."""
    box = CLASSES[account.security](account.host, account.port, timeout=answer)
    try:
        ascii_only = (account.user + account.password).isascii()
        (box.login if ascii_only else box.login_utf8)(account.user, account.password, initial_folder=None)
        yield Connection(box, account.folder)
    finally:
        with suppress(*FAILURES):
            box.logout()
        with suppress(*FAILURES):
            box.client.shutdown()  # which logging out leaves out where it fails


def _texts(data: list[Any]) -> Iterator[bytes]:
    for item in data:
        yield from (part for part in (item if isinstance(item, tuple) else (item,)) if isinstance(part, bytes))
