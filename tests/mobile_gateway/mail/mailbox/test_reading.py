"""Messages of a mailbox are taken once, put away, and none stops the others."""

import time

import pytest
from sqlalchemy import text

from mobile_gateway.mail.mailbox import Mailbox
from server.store import jobs, mails
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, MAIL, Office
from tests.mobile_gateway.mail.mailbox.conftest import QUICK, reading
from tests.wire.mail_servers import Dovecot, running_dovecot
from tests.wire.service import until


def message(number: int) -> bytes:
    """One of many mails."""
    return MAIL.replace(b"Visite", b"Visite %d" % number)


def empty(dovecot: Dovecot) -> bool:
    """Whether everything has been put away."""
    return dovecot.count("INBOX") == 0


def test_messages_are_taken_and_moved_as_they_come(office: Office, dovecot: Dovecot) -> None:
    """What is there at the start, and what the server tells of later, is kept with its job and moved to `Calepin`."""
    dovecot.put(message(1))
    with reading(office, dovecot):
        until(lambda: dovecot.count("Calepin") == 1, 10, "the first is put away")
        began = time.monotonic()
        dovecot.put(message(2))
        until(lambda: len(office.mails()) == 2, 10, "the second is taken")
        assert time.monotonic() - began < 5  # told of by IDLE, not found by the look after twenty seconds
        until(lambda: dovecot.count("Calepin") == 2, 10, "the second is put away")
    assert office.raw() == [message(1), message(2)]
    rows = office.mails()
    assert [(row.road, row.sender, row.recipient) for row in rows] == [("imap", "", f"notes@{DOMAIN}")] * 2
    assert office.queue.jobs == [jobs.handle_mail(row.uid) for row in rows]
    assert office.half_written() == []


def test_what_is_taken_is_not_marked_as_seen(small_office: Office, dovecot: Dovecot) -> None:
    """A person who looks into the mailbox finds the mail unread."""
    dovecot.put(message(1))
    with reading(small_office, dovecot):
        until(lambda: dovecot.count("Calepin"), 10, "it is put away")
    with dovecot.box() as box:
        box.folder.set("Calepin")
        assert box.uids("SEEN") == []


def test_two_readers_take_a_message_once(small_office: Office, dovecot: Dovecot) -> None:
    """Overlapping polls give each mail once."""
    for number in range(12):
        dovecot.put(message(number))
    with reading(small_office, dovecot), reading(small_office, dovecot):
        until(lambda: empty(dovecot), 15, "all are put away")
    assert sorted(small_office.raw()) == sorted(message(number) for number in range(12))


def test_a_crash_before_a_message_was_put_away_gives_it_once(small_office: Office, dovecot: Dovecot) -> None:
    """A mail that was kept, but is still in the inbox, is moved at the next start and there once."""
    dovecot.put(message(1))
    with reading(small_office, dovecot):
        until(lambda: empty(dovecot), 30, "it is put away")
    with dovecot.box() as box:
        box.folder.set("Calepin")
        box.move(box.uids(), "INBOX")
    with reading(small_office, dovecot):
        until(lambda: empty(dovecot), 30, "it is put away once more")
    assert len(small_office.mails()) == len(small_office.queue.jobs) == 1


def test_a_mailbox_with_new_uids_is_read_from_its_beginning(small_office: Office, dovecot: Dovecot) -> None:
    """Another UIDVALIDITY: how far the old one was read means nothing."""
    mailbox = Mailbox(small_office.parts, dovecot.url, QUICK)
    with small_office.parts.services.database.transaction() as session:
        mails.mark_read(session, mailbox._account.name, 1, 1_000)
    dovecot.put(message(1))
    with reading(small_office, dovecot):
        until(lambda: empty(dovecot), 30, "it is put away")
    assert len(small_office.mails()) == 1


def test_what_is_too_large_is_put_aside(small_office: Office, dovecot: Dovecot) -> None:
    """It goes to a folder of its own and does not stop the others."""
    dovecot.put(MAIL + b"x" * 120_000)
    dovecot.put(message(2))
    with reading(small_office, dovecot):
        until(lambda: empty(dovecot), 30, "both are put away")
    assert (dovecot.count("Calepin"), dovecot.count("Calepin/TooLarge")) == (1, 1)
    assert small_office.raw() == [message(2)]


def test_a_message_of_several_pieces_comes_whole(office: Office, dovecot: Dovecot) -> None:
    """Large mails are fetched a megabyte at a time."""
    large = MAIL + b"".join(b"line %08d\r\n" % number for number in range(200_000))
    exact = MAIL + b"x" * ((1 << 20) - len(MAIL))
    dovecot.put(large)
    dovecot.put(exact)
    with reading(office, dovecot):
        until(lambda: empty(dovecot), 15, "both are put away")
    assert office.raw() == [large, exact]


def test_a_message_that_cannot_be_read_does_not_stop_the_queue(small_office: Office, dovecot: Dovecot) -> None:
    """One whose file the server may not open goes to `Calepin/Unreadable`; those behind it are taken."""
    for number in (1, 2, 3):
        dovecot.put(message(number))
    with dovecot.box():
        pass  # moves them from new/ to cur/
    kept = (dovecot.folder / "mail" / dovecot.user / "cur").iterdir()
    next(path for path in kept if b"Visite 2" in path.read_bytes()).write_bytes(b"")
    with reading(small_office, dovecot):
        until(lambda: empty(dovecot), 20, "all are put away")
    assert small_office.raw() == [message(1), message(3)]
    assert dovecot.count("Calepin/Unreadable") == 1


def test_it_comes_back_when_the_server_or_the_database_does(small_office: Office, dovecot: Dovecot) -> None:
    """A server that restarts and a table that is away for a moment are waited for; nothing is lost."""
    database = small_office.parts.services.database
    with reading(small_office, dovecot):
        dovecot.put(message(1))
        until(lambda: empty(dovecot), 30, "the first is put away")
        with database.transaction() as session:
            session.execute(text("ALTER TABLE mails RENAME TO away"))
        dovecot.put(message(2))
        time.sleep(0.5)
        assert dovecot.count("INBOX") == 1
        with database.transaction() as session:
            session.execute(text("ALTER TABLE away RENAME TO mails"))
        until(lambda: empty(dovecot), 30, "the second is put away")
    assert small_office.raw() == [message(1), message(2)]


def test_a_server_that_starts_later_is_found(small_office: Office, dovecot: Dovecot) -> None:
    """Reading starts before the server does, and outlives a restart of it."""
    later = Dovecot(dovecot.folder / "later", dovecot.port + 1)
    later.folder.mkdir()
    with reading(small_office, later):
        for number in (1, 2):
            with running_dovecot(later):
                later.put(message(number))
                until(lambda: empty(later), 15, "it is put away")
    assert small_office.raw() == [message(1), message(2)]


def test_checking_says_what_is_wrong(small_office: Office, dovecot: Dovecot) -> None:
    """Each fault of a mailbox is named with its remedy, without the password."""
    assert Mailbox(small_office.parts, dovecot.url).check() == "0 messages in INBOX"
    for url, said in (
        (dovecot.url.replace(":secret@", ":wrong@"), "refuses the name or the password"),
        (dovecot.url.replace("INBOX", "Nowhere"), "no such folder"),
        (dovecot.url.replace(f":{dovecot.port}", ":1"), "cannot be reached"),
    ):
        with pytest.raises(OSError, match=f"{said}.*Remedy: check"):
            Mailbox(small_office.parts, url).check()
