"""The brief before a meeting."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from mobile_gateway.mail.notices import write_briefs
from server.domain.letters import OutgoingState
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.devices import DeviceRow
from server.store.tables.mails import OutgoingRow
from server.store.tables.push import PushRow, SubscriptionRow
from tests.company import ANNIE, BOB
from tests.mobile_gateway.mail.conftest import NOW, Post
from tests.mobile_gateway.mail.letterbox import event

SOON = NOW + timedelta(minutes=46)  # A2, Annie's with Garage Roy, begins fourteen minutes later


def move(post: Post, **values: object) -> None:
    """Change A2."""
    with post.parts.services.database.transaction() as session:
        session.execute(update(ActivityRow).where(ActivityRow.ref == "A2").values(**values))


def sent(post: Post) -> None:
    """Every mail is with the next server."""
    with post.parts.services.database.transaction() as session:
        session.execute(update(OutgoingRow).values(state=OutgoingState.SENT))


def at(post: Post, now: datetime) -> int:
    """What is due at that time."""
    post.now = now
    return write_briefs(post.parts)


def test_it_comes_a_quarter_of_an_hour_before_once(post: Post) -> None:
    """Not sixteen minutes before; fourteen before once, in the rep's language, the subject naming no client."""
    assert at(post, SOON - timedelta(minutes=2)) == 0
    assert at(post, SOON) == 1
    assert at(post, SOON + timedelta(minutes=1)) == 0
    (brief,) = post.answers()
    assert (brief.recipient, brief.subject) == (ANNIE.email, "Votre visite de 11:00")
    assert brief.text.startswith("Garage Roy & Fils ltée\n")
    assert "<h1>" in (brief.html or "")
    assert not brief.automatic
    assert [job.argument for job in post.queue.jobs if job.name == "send_mail"] == [brief.uid]


@pytest.mark.parametrize(("minutes", "count"), [(0, 0), (10, 0), (15, 1), (60, 1)])
def test_how_long_before_is_the_rep_s_to_say(post: Post, minutes: int, count: int) -> None:
    """Nothing at all with 0."""
    post.wish(ANNIE, brief_minutes=minutes)
    assert at(post, SOON) == count


def test_a_meeting_that_moves_takes_its_brief_along(post: Post) -> None:
    """Put off by an hour, what was not sent yet is taken back and comes at its new time."""
    at(post, SOON)
    move(post, starts_at=NOW + timedelta(hours=2), ends_at=NOW + timedelta(hours=3))
    assert at(post, SOON + timedelta(minutes=1)) == 1
    assert post.answers() == []
    assert at(post, NOW + timedelta(minutes=106)) == 1
    assert [brief.subject for brief in post.answers()] == ["Votre visite de 12:00"]


def test_a_meeting_that_moves_after_its_brief_was_sent_has_another(post: Post) -> None:
    """The one that was read is an hour old by then."""
    at(post, SOON)
    sent(post)
    move(post, starts_at=NOW + timedelta(hours=2), ends_at=NOW + timedelta(hours=3))
    at(post, NOW + timedelta(minutes=106))
    assert [brief.subject for brief in post.answers()] == ["Votre visite de 11:00", "Votre visite de 12:00"]


def test_a_phone_is_told_too_and_alone_where_no_mail_is_sent(post: Post) -> None:
    """A neutral notice about the client's brief, once, with or without a relay."""
    with post.parts.services.database.transaction() as session:
        device = DeviceRow(uid="phone", rep_id=ANNIE.id, name="Pixel", platform="Android", created_at=NOW)
        device.state, device.token_digest = "active", "token"
        session.add(device)
        session.flush()
        keys = {"p256dh": "p", "auth": "a"}
        session.add(SubscriptionRow(device_id=device.id, endpoint="https://x", created_at=NOW, **keys))
    post.parts = replace(post.parts, relay="")
    assert (at(post, SOON), at(post, SOON + timedelta(minutes=1))) == (1, 0)
    with post.parts.services.database.reading() as session:
        (notice,) = session.scalars(select(PushRow))
    assert (notice.kind, notice.about, notice.rep_id) == ("brief", "C2", ANNIE.id)
    assert post.answers() == []


def test_none_for_what_was_called_off(post: Post) -> None:
    """Neither before the time nor, when it was written already, from the queue."""
    at(post, SOON)
    move(post, state="cancelled")
    assert at(post, SOON + timedelta(minutes=1)) == 1
    assert post.answers() == []
    assert at(post, SOON + timedelta(minutes=2)) == 0


def test_each_time_of_a_recurring_invitation_has_its_own(post: Post) -> None:
    """A daily meeting by invitation: today's brief today, tomorrow's tomorrow."""
    from tests.mobile_gateway.mail.letterbox import calendar

    text = event("RRULE:FREQ=DAILY;COUNT=3", starts="20261124T160000Z", ends="20261124T170000Z")
    post.write(parts=(calendar(text),))
    move(post, state="cancelled")
    before = len(post.answers())
    for day in range(3):
        assert at(post, SOON + timedelta(days=day)) == 1
    assert [mail.subject for mail in post.answers()[before:]] == ["Votre réunion de 11:00"] * 3


def test_no_brief_of_a_client_that_the_rep_may_not_see_any_more(post: Post) -> None:
    """The client went to a colleague: the meeting is still in the table, the brief is not theirs to read."""
    with post.parts.services.database.transaction() as session:
        session.execute(update(ClientRow).where(ClientRow.ref == "C2").values(manager_id=BOB.id))
    assert at(post, SOON) == 0


def test_after_a_stop_a_brief_still_comes_at_the_door_but_not_in_the_meeting(post: Post) -> None:
    """Two minutes after the start it is still of use, ten minutes after it is not."""
    assert at(post, NOW + timedelta(minutes=70)) == 0
    assert at(post, NOW + timedelta(minutes=62)) == 1
