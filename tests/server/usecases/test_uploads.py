"""Uploads as the database sees them: one writer at a time, and the committed offset is the truth."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from server.domain.devices import Signed
from server.domain.errors import Conflict, KeyReused, Malformed, NotFound, SlowDown, TooLarge
from server.domain.notes import Draft
from server.domain.uploads import LASTS, MOST_OPEN
from server.store import notes
from server.store.database import Database
from server.store.tables.devices import DeviceRow
from server.usecases import uploads
from server.usecases.uploads import Appending, Claim, Creation, Upload
from tests.company import ANNIE, BOB
from tests.server.conftest import NOW

PHONE = Signed(1, "phone", "Phone", "", ANNIE)
START = Appending(0, None)


@pytest.fixture
def company(company: Database) -> Database:
    """The company, with a phone of Annie's."""
    with company.transaction() as session:
        session.add(DeviceRow(id=1, uid="phone", rep_id=ANNIE.id, name="Phone", token_digest="x", created_at=NOW))
    return company


def creation(uid: str = "u1", length: int | None = 100, key: str | None = None, client: str = "C1") -> Creation:
    return Creation(uid, {"client": client}, "audio/amr", length, "", key)


def create(database: Database, new: Creation | None = None, size: int = 0) -> Upload:
    with database.transaction() as session:
        return uploads.create(session, PHONE, new or creation(), NOW, size=size)


def claim(database: Database, asked: Appending = START, uid: str = "u1", rep: int = ANNIE.id) -> Claim:
    with database.transaction() as session:
        return uploads.claim(session, rep, uid, asked, NOW)


def advance(database: Database, held: Claim, offset: int, *, let_go: bool = True) -> None:
    with database.transaction() as session:
        uploads.advance(session, held, offset, NOW, let_go=let_go)


def one(database: Database, uid: str = "u1", rep: int = ANNIE.id) -> Upload:
    with database.reading() as session:
        return uploads.one(session, rep, uid, NOW)


def finish(database: Database, held: Claim) -> str:
    with database.transaction() as session:
        note = notes.add(session, ANNIE.id, 1, Draft(NOW, NOW, text="x"))
        uploads.finish(session, held, 100, note.id, NOW)
        return note.uid


def test_an_upload_goes_on_from_what_is_committed(company: Database) -> None:
    """Each request finds the offset that the one before has committed, in the same file when that one let go."""
    create(company)
    first = claim(company)
    advance(company, first, 40)
    second = claim(company, Appending(40, 60))
    assert (second.offset, second.number, second.copies) == (40, first.number, None)
    note = finish(company, second)
    assert one(company) == Upload("u1", 100, 100, NOW + LASTS, note)


def test_the_later_request_takes_over_and_the_earlier_can_commit_nothing(company: Database) -> None:
    """The fence: a writer in another process, or one that was asleep, is refused; its file is left to it."""
    create(company)
    advance(company, claim(company), 10)
    stale = claim(company, Appending(10, None))
    fresh = claim(company, Appending(10, None))
    assert (fresh.copies, fresh.number != stale.number) == (stale.number, True)
    with pytest.raises(Conflict, match="upload-taken-over"):
        advance(company, stale, 50)
    with pytest.raises(Conflict, match="upload-taken-over"):
        finish(company, stale)
    advance(company, fresh, 30)
    assert one(company).offset == 30


def test_a_file_that_somebody_may_still_write_to_is_not_gone_on_with(company: Database) -> None:
    """Whoever took over and made no progress leaves the suspicion to the next one."""
    create(company)
    advance(company, claim(company), 10)
    claim(company, Appending(10, None))  # died, or lives elsewhere
    second = claim(company, Appending(10, None))
    advance(company, second, 10)
    third = claim(company, Appending(10, None))
    assert third.copies == second.copies
    assert third.number != third.copies


@pytest.mark.parametrize("offset", [0, 9, 11, 100])
def test_another_offset_is_refused(company: Database, offset: int) -> None:
    """The refusal tells both places, and nobody's hold is broken by it."""
    create(company)
    held = claim(company)
    advance(company, held, 10, let_go=False)
    with pytest.raises(Conflict, match="wrong-offset") as refused:
        claim(company, Appending(offset, 5))
    assert refused.value.values == {"expected-offset": 10, "provided-offset": offset}
    advance(company, held, 20)


def test_a_finished_upload_takes_nothing_more(company: Database) -> None:
    """At its end it says that it is complete, elsewhere where it stands; both name the note."""
    create(company)
    note = finish(company, claim(company))
    with pytest.raises(Conflict, match="upload-completed") as refused:
        claim(company, Appending(100, 0))
    assert refused.value.values["note"] == note
    with pytest.raises(Conflict, match="wrong-offset") as refused:
        claim(company, Appending(0, 100))
    assert refused.value.values["note"] == note


def test_more_than_the_length_is_refused_before_it_comes(company: Database) -> None:
    """An announced body that is too long changes nothing, not even who holds the upload."""
    create(company)
    held = claim(company)
    with pytest.raises(TooLarge):
        claim(company, Appending(0, 101))
    advance(company, held, 100)


def test_a_length_is_said_once(company: Database) -> None:
    """One that was left open is filled in by a later request; afterwards no other is taken."""
    create(company, creation(length=None))
    advance(company, claim(company, Appending(0, None, 50)), 20)
    assert one(company).length == 50
    with pytest.raises(Malformed):
        claim(company, Appending(20, None, 51))
    with pytest.raises(Malformed):
        claim(company, Appending(20, None, 19))


def test_another_rep_s_upload_does_not_exist(company: Database) -> None:
    """Asking, going on and ending are answered as for an id that never was."""
    create(company)
    for rep, uid in ((BOB.id, "u1"), (ANNIE.id, "u2")):
        with pytest.raises(NotFound, match="upload-not-found"):
            one(company, uid, rep)
        with pytest.raises(NotFound, match="upload-not-found"):
            claim(company, uid=uid, rep=rep)
        with company.transaction() as session, pytest.raises(NotFound, match="upload-not-found"):
            uploads.terminate(session, rep, uid, NOW)


def test_the_same_key_creates_one_upload(company: Database) -> None:
    """Creating again gives what is there, with its progress; another content under the key is refused."""
    create(company, creation(key="k"))
    advance(company, claim(company), 30)
    again = create(company, creation("u2", key="k"))
    assert (again.uid, again.offset) == ("u1", 30)
    with pytest.raises(KeyReused):
        create(company, creation("u3", key="k", client="C2"))
    with company.reading() as session:
        assert uploads.known(session, BOB.id, creation(key="k")) is None


def test_racing_creations_with_one_key_make_one_upload(company: Database) -> None:
    """Whoever comes second is given the first one's."""
    barrier, found = Barrier(4), []

    def run(number: int) -> None:
        barrier.wait()
        found.append(create(company, creation(f"u{number}", key="k")).uid)

    threads = [Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_racing_claims_have_one_that_commits(company: Database) -> None:
    """Of many that take hold at the same offset exactly one can move it."""
    create(company)
    barrier, won, lost = Barrier(4), [], []

    def run(size: int) -> None:
        barrier.wait()
        try:
            held = claim(company)
            advance(company, held, size)
            won.append(size)
        except Conflict:
            lost.append(size)

    threads = [Thread(target=run, args=(10 + number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 3)
    assert one(company).offset == won[0]


def test_a_device_has_so_many_open_uploads_and_no_more(company: Database) -> None:
    """The next one is refused until one is finished, ended or too old; finished ones do not count."""
    for number in range(MOST_OPEN):
        create(company, creation(f"u{number}"))
    with pytest.raises(SlowDown, match="too-many-uploads"):
        create(company, creation("more"))
    finish(company, claim(company, uid="u1"))
    create(company, creation("more"))
    with pytest.raises(SlowDown):
        create(company, creation("yet another"))
    with company.transaction() as session:
        uploads.create(session, PHONE, creation("later"), NOW + LASTS + timedelta(seconds=1))


def test_an_upload_is_gone_when_its_time_is_over(company: Database) -> None:
    """Progress sets the time anew; afterwards it is as if it had never been, swept or not."""
    create(company)
    later = NOW + LASTS - timedelta(seconds=1)
    with company.transaction() as session:
        held = uploads.claim(session, ANNIE.id, "u1", START, later)
    with company.transaction() as session:
        uploads.advance(session, held, 10, later)
    with company.reading() as session:
        assert uploads.one(session, ANNIE.id, "u1", NOW + LASTS).offset == 10
    over = later + LASTS
    with company.reading() as session, pytest.raises(NotFound):
        uploads.one(session, ANNIE.id, "u1", over)
    with company.transaction() as session, pytest.raises(NotFound):
        uploads.claim(session, ANNIE.id, "u1", Appending(10, None), over)


def test_an_upload_is_ended_by_its_sender(company: Database) -> None:
    """It is gone, and a request that still writes to it can commit nothing."""
    create(company)
    held = claim(company)
    with company.transaction() as session:
        uploads.terminate(session, ANNIE.id, "u1", NOW)
    with pytest.raises(NotFound):
        one(company)
    with pytest.raises(Conflict):
        advance(company, held, 10)
