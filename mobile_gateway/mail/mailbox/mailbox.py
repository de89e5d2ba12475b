"""The thread that reads a mailbox."""

import logging
import time
from collections import Counter
from imaplib import IMAP4
from threading import Event, Thread
from typing import Final

from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError
from sqlalchemy.exc import SQLAlchemyError

from mobile_gateway.mail.mailbox.account import parse_account
from mobile_gateway.mail.mailbox.connection import FAILURES, Connection, connected
from mobile_gateway.mail.mailbox.delivery import deliver, put_away
from mobile_gateway.mail.mailbox.folders import UNREADABLE, Folders
from mobile_gateway.mail.mailbox.pace import USUAL, Pace
from mobile_gateway.mail.parts import MailParts
from server.usecases import mails
from server.web.problems import is_full

log = logging.getLogger("calepin.mail")

MOST_TRIES: Final = 5


class Mailbox:
    """Takes mail from `imap[s]://user:password@host:port/folder`, as soon as the server tells of it.

    Each message is made durable, moved to the folder `Calepin`, and then its UID written down. Where that is
    interrupted it is fetched again, and there once all the same. Raises ValueError for a URL that is none.
    """

    def __init__(self, parts: MailParts, url: str, pace: Pace = USUAL) -> None:
        self._parts = parts
        self._account = parse_account(url)
        self._pace = pace
        self._broken_off: Counter[int] = Counter()
        self._stop = Event()
        self._thread = Thread(target=self._run, name="mailbox", daemon=True)

    def start(self) -> None:
        """Read from now on, once. A server that cannot be reached is tried again, ever more slowly."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the message at hand."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(self._pace.answer)

    def check(self) -> str:
        """Sign in and look; what is there, in words. Raises OSError with a sentence that names the remedy."""
        try:
            with connected(self._account, 15.0) as connection:
                return f"{len(connection.after(0))} messages in {self._account.folder}"
        except FAILURES as error:
            raise OSError(_in_words(error)) from error

    def _run(self) -> None:
        pause = self._pace.first_retry
        while not self._stop.is_set():
            try:
                with connected(self._account, self._pace.answer) as connection:
                    log.info("reading the mailbox %s at %s", self._account.folder, self._account.host)
                    folders = Folders(connection.box, self._account.folder)
                    while not self._stop.is_set():
                        self._take_all(connection, folders)
                        pause = self._pace.first_retry
                        self._wait(connection)
            except (*FAILURES, SQLAlchemyError) as error:
                log.warning("the mailbox waits %.0f s: %s", pause, _in_words(error))
            except Exception:
                log.exception("the mailbox waits %.0f s after an unexpected failure", pause)
            self._stop.wait(pause)
            pause = min(2 * pause, self._pace.last_retry)

    def _take_all(self, connection: Connection, folders: Folders) -> None:
        name, database = self._account.name, self._parts.services.database
        validity = connection.select()
        with database.reading() as session:
            known, last = mails.read_up_to(session, name)
        # Other UIDs than those we knew: everything is looked at anew, and what was taken is there once.
        for uid in connection.after(last if known == validity else 0):
            if self._stop.is_set():
                return
            self._take(connection, folders, uid)
            with database.transaction() as session:
                mails.mark_read(session, name, validity, uid)

    def _take(self, connection: Connection, folders: Folders, uid: int) -> None:
        if self._broken_off[uid] >= MOST_TRIES:
            log.warning("the server broke off at message %d again and again", uid)
            put_away(folders, uid, UNREADABLE)
            return
        try:
            deliver(self._parts, connection, folders, uid)
        except (IMAP4.abort, OSError) as error:
            self._broken_off[uid] += not is_full(error)
            raise

    def _wait(self, connection: Connection) -> None:
        """Until there may be new mail, or we have to stop. Raises one of FAILURES when the connection is lost."""
        if not connection.tells:
            self._stop.wait(self._pace.look)
            return
        end = time.monotonic() + self._pace.idle
        with connection.box.idle as idle:
            while not self._stop.is_set() and time.monotonic() < end:
                began = time.monotonic()
                told = idle.poll(self._pace.breath)
                if any(b"EXISTS" in line for line in told):
                    return
                if not told and time.monotonic() - began < self._pace.breath / 2:
                    raise IMAP4.abort("the server closed the connection")


def _in_words(error: Exception) -> str:
    if isinstance(error, MailboxLoginError):
        return "the server refuses the name or the password. Remedy: check CALEPIN_IMAP_URL"
    if isinstance(error, MailboxFolderSelectError):
        return "there is no such folder. Remedy: check the end of CALEPIN_IMAP_URL"
    if isinstance(error, SQLAlchemyError):
        return f"the database does not answer ({type(error).__name__}). Remedy: see that it runs"
    if is_full(error):
        return "no room left. Remedy: make room in the data folder"
    return f"the server cannot be reached, or broke off ({error}). Remedy: check CALEPIN_IMAP_URL, and that it runs"
