"""The brief: what it shows, and that it is never stale."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from server.domain.briefs import Brief, to_json
from server.domain.errors import NotFound
from server.domain.notes import Draft
from server.domain.policy import Policy
from server.store import clients, notes
from server.store.database import Database
from server.store.tables.disbursements import DisbursementRow
from server.usecases import activities, briefs, processing
from server.usecases import notes as note_cases
from server.usecases.briefs import Asked, BriefMemory
from tests.company import ANNIE, BOB
from tests.server.conftest import NOW

OPEN = Policy()


@pytest.fixture
def memory() -> BriefMemory:
    """A memory of briefs, shared by the readings of a test."""
    return BriefMemory()


def read(company: Database, memory: BriefMemory, ref: str = "C1", after: timedelta = timedelta(0)) -> Brief:
    """Annie's brief of a client."""
    with company.reading() as session:
        return briefs.brief(session, memory, Asked(ANNIE, OPEN, NOW + after), ref)


def test_the_brief_tells_category_figures_notes_and_activities(company: Database, memory: BriefMemory) -> None:
    """This year, last year to the same day, the last amount, and what was and will be."""
    told = to_json(read(company, memory))
    assert told["client"]["manager"] == "Annie Gagnon"
    assert told["figures"] == [
        {
            "currency": "CAD",
            "as_of": "2026-11-24",
            "disbursed_this_year": "1250.50",
            "disbursed_last_year_to_date": "1000.00",
            "last": {"date": "2026-11-24", "amount": "1250.50"},
        }
    ]
    assert told["last_activity"]["ref"] == "A1"
    assert (told["next_activity"], told["notes"]) == (None, [])
    assert to_json(read(company, memory, "C2"))["next_activity"]["ref"] == "A2"


def test_figures_stop_at_today_and_at_the_same_day_last_year(company: Database, memory: BriefMemory) -> None:
    """What is dated tomorrow, or later in last year than today, does not count; every currency has its own line."""
    today = NOW.date()
    with company.transaction() as session:
        for ref, date, amount, currency in (
            ("F1", today + timedelta(days=1), "5000", "CAD"),
            ("F2", today.replace(year=today.year - 1) + timedelta(days=1), "700", "CAD"),
            ("F3", today.replace(year=today.year - 1), "30.25", "CAD"),
            ("F4", today, "12", "USD"),
        ):
            row = DisbursementRow(ref=ref, client_id=1, date=date, amount=Decimal(amount), currency=currency)
            session.add(row)
    cad, usd = read(company, memory).figures
    assert (cad.this_year, cad.last_year_to_date) == (Decimal("1250.50"), Decimal("1030.25"))
    assert (usd.currency, usd.this_year, usd.change) == ("USD", Decimal("12.00"), None)


def test_every_change_that_a_brief_shows_shows_at_once(company: Database, memory: BriefMemory) -> None:
    """A note that was linked, corrected away, an activity planned: each is in the very next brief, memory or not."""
    assert read(company, memory).notes == ()
    with company.transaction() as session:
        added = notes.add(session, ANNIE.id, None, Draft(NOW, NOW, text="Nouveau four"))
        processing.link_note(session, OPEN, added.uid)
        processing.finish(session, added.uid)
    assert [note.text for note in read(company, memory).notes] == ["Nouveau four"]
    with company.transaction() as session:
        note_cases.amend(session, ANNIE, OPEN, added.uid, {"client": "C2"})
    assert read(company, memory).notes == ()
    assert [note.text for note in read(company, memory, "C2").notes] == ["Nouveau four"]
    with company.transaction() as session:
        activities.plan(session, ANNIE, OPEN, {"client": "C1", "starts_at": (NOW + timedelta(hours=4)).isoformat()})
    assert read(company, memory).next_activity is not None


def test_only_the_last_three_notes_show_and_failed_ones_only_with_words(company: Database, memory: BriefMemory) -> None:
    """Newest first; a recording that cannot be played and has no text is left out."""
    with company.transaction() as session:
        for number in range(5):
            at = NOW - timedelta(days=number)
            added = notes.add(session, ANNIE.id, None, Draft(at, NOW, text=f"n{number}", client="C1", ref=f"R{number}"))
            processing.link_note(session, OPEN, added.uid)
        broken = notes.add(session, ANNIE.id, None, Draft(NOW, NOW, client="C1", ref="broken"))
        processing.unreadable(session, broken.uid, "broken")
        processing.link_note(session, OPEN, broken.uid)
        processing.finish(session, broken.uid)
        clients.touch(session, [1])
    assert [note.text for note in read(company, memory).notes] == ["n0", "n1", "n2"]


def test_a_brief_is_remembered_for_a_minute(company: Database, memory: BriefMemory) -> None:
    """Asked again at once it costs one query; a minute later it is put together anew."""
    statements: list[str] = []
    event.listen(company.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    first = read(company, memory)
    statements.clear()
    assert read(company, memory, after=timedelta(seconds=30)) is first
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
    assert read(company, memory, after=timedelta(seconds=61)) is not first


def test_another_s_client_has_no_brief(company: Database, memory: BriefMemory) -> None:
    """A client of somebody else answers like one that does not exist, also when its brief is remembered."""
    with company.reading() as session:
        assert briefs.brief(session, memory, Asked(BOB, OPEN, NOW), "C3").client.ref == "C3"
        for ref in ("C3", "nope"):
            with pytest.raises(NotFound):
                briefs.brief(session, memory, Asked(ANNIE, OPEN, NOW), ref)
