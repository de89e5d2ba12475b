"""Meetings by invitation: noted, moved, called off, asked about."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.domain.activities import State
from server.store.tables.activities import ActivityRow
from server.store.tables.clients import ClientRow
from server.store.tables.contacts import ContactRow
from tests.company import ANNIE, BOB
from tests.mobile_gateway.mail.conftest import NOW, Post
from tests.mobile_gateway.mail.letterbox import calendar, event, letter, recording

STARTS = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4"


def invite(post: Post, *lines: str, headers: tuple[str, ...] = (), **given: Any) -> None:
    """Annie's calendar sends an event."""
    text = event(*lines, **given)
    method = str(given.get("method", "REQUEST"))
    post.deliver(letter("Invitation", "See you", parts=(calendar(text, method),), headers=headers))


def states(post: Post) -> list[tuple[datetime, str]]:
    """When Annie's activities start, and where they stand."""
    return [(row.starts_at, row.state) for row in post.activities()]


def test_an_invitation_becomes_an_activity_and_is_accepted(post: Post) -> None:
    """The client is named in the subject; the organizer's calendar gets ACCEPTED, the rep a line about it."""
    invite(post, summary="Visite Boulangerie Tremblay")
    (row,) = post.activities()
    assert (row.rep_id, row.client_id, row.kind, row.state) == (ANNIE.id, 1, "visit", "planned")
    assert (row.starts_at, row.ends_at) == (STARTS, STARTS + timedelta(hours=1))
    assert (row.subject, row.calendar_uid, row.calendar_sequence) == (
        "Visite Boulangerie Tremblay",
        "m1@example.com",
        0,
    )
    (answer,) = post.answers()
    assert "METHOD:REPLY" in (answer.calendar or "")
    assert "PARTSTAT=ACCEPTED" in (answer.calendar or "")
    assert "notes@calepin.example.net" in (answer.calendar or "").replace("\r\n ", "")
    assert answer.text.replace("\n", " ").strip() == "Noté : visite 26 nov. 14:00, Boulangerie Tremblay inc."
    assert (answer.recipient, answer.subject) == (ANNIE.email, "Accepté : Visite Boulangerie Tremblay")
    assert post.notes() == []


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("Appel Boulangerie Tremblay", "call"),
        ("Boulangerie Tremblay", "meeting"),
        ("Visit Boulangerie Tremblay", "visit"),
    ],
)
def test_the_subject_says_what_kind_it_is(post: Post, summary: str, kind: str) -> None:
    """A visit and a call are called so; everything else is a meeting."""
    invite(post, summary=summary)
    assert [row.kind for row in post.activities()] == [kind]


def test_an_invitation_that_a_calendar_sends_by_itself_counts(post: Post) -> None:
    """Google marks its invitations as made by a machine, and still waits for an answer."""
    invite(post, headers=("Auto-Submitted: auto-generated",))
    assert len(post.activities()) == 1
    assert post.answers()[0].calendar


def test_a_guest_s_address_tells_the_client(post: Post) -> None:
    """Nothing in the subject, but a contact of Garage Roy's is invited."""
    post.add(ContactRow(client_id=2, name="Luc Roy", email="luc@garageroy.example"))
    invite(post, "ATTENDEE:mailto:Luc@garageroy.example", summary="Point trimestriel")
    assert [row.client_id for row in post.activities()] == [2]


def test_a_changed_meeting_moves_and_an_older_change_is_ignored(post: Post) -> None:
    """By SEQUENCE; the client stays though the new subject names none."""
    invite(post)
    invite(post, sequence=2, starts="20261127T150000Z", ends="20261127T160000Z", summary="Reporté")
    invite(post, sequence=1, starts="20261128T150000Z", ends="20261128T160000Z")
    (row,) = post.activities()
    assert (row.starts_at, row.client_id) == (datetime(2026, 11, 27, 15, 0, tzinfo=UTC), 1)
    assert (row.subject, row.calendar_sequence) == ("Reporté", 2)
    assert len(post.answers()) == 2


def test_a_cancelled_meeting_is_cancelled_for_good(post: Post) -> None:
    """Without an answer; a late copy of the invitation does not bring it back, a newer one does."""
    invite(post)
    invite(post, method="CANCEL", sequence=1)
    assert states(post) == [(STARTS, "cancelled")]
    invite(post)
    invite(post, sequence=1)
    assert states(post) == [(STARTS, "cancelled")]
    invite(post, sequence=2)
    assert states(post) == [(STARTS, "planned")]


def test_a_cancellation_of_what_is_not_known_is_no_matter(post: Post) -> None:
    """Nothing happens, nothing is answered."""
    invite(post, method="CANCEL", sequence=1)
    assert (post.activities(), post.answers()) == ([], [])


def test_what_is_done_stays_as_it_is(post: Post) -> None:
    """Mail completes no activity and undoes none."""
    invite(post)
    with post.parts.services.database.transaction() as session:
        session.execute(update(ActivityRow).where(ActivityRow.calendar_uid.is_not(None)).values(state=State.DONE))
    invite(post, sequence=1, starts="20261127T150000Z", ends="20261127T160000Z")
    invite(post, method="CANCEL", sequence=2)
    assert states(post) == [(STARTS, "done")]


def test_a_series_becomes_an_activity_for_each_of_its_times(post: Post) -> None:
    """Four Thursdays at the same local hour; a moved one moves, a cancelled one is cancelled, the rest stays."""
    invite(post, WEEKLY)
    weeks = [STARTS + timedelta(weeks=number) for number in range(4)]
    assert states(post) == [(start, "planned") for start in weeks]
    assert "4 fois" in post.answers()[0].text
    moved = "RECURRENCE-ID:20261203T190000Z"
    invite(post, moved, sequence=1, starts="20261204T190000Z", ends="20261204T200000Z")
    invite(post, "RECURRENCE-ID:20261210T190000Z", method="CANCEL", sequence=1, starts="20261210T190000Z")
    day = timedelta(days=1)
    assert states(post) == [
        (weeks[0], "planned"),
        (weeks[1] + day, "planned"),
        (weeks[2], "cancelled"),
        (weeks[3], "planned"),
    ]


def test_a_shortened_series_calls_off_what_is_left_out(post: Post) -> None:
    """Four times become two; what is over is not touched."""
    invite(post, WEEKLY)
    post.later(timedelta(days=4))
    invite(post, "RRULE:FREQ=WEEKLY;COUNT=2", sequence=1)
    assert [state for _, state in states(post)] == ["planned", "planned", "cancelled", "cancelled"]
    invite(post, method="CANCEL", sequence=2)
    assert [state for _, state in states(post)] == ["planned", "cancelled", "cancelled", "cancelled"]


def test_a_recurrence_of_a_million_is_cut(post: Post) -> None:
    """No more than a hundred times within sixty days, and soon."""
    invite(post, "RRULE:FREQ=MINUTELY;COUNT=1000000")
    rows = post.activities()
    assert len(rows) == 100
    assert max(row.starts_at for row in rows) < NOW + timedelta(days=60)


def test_an_unclear_client_is_asked_for_and_a_digit_settles_it(post: Post) -> None:
    """Two garages: nothing is planned until the organizer has chosen; then it is, and accepted."""
    post.add(ClientRow(ref="C9", name="Garage Roy Laval", manager_id=ANNIE.id, city="Laval", updated_at=NOW))
    post.add(ClientRow(ref="C8", name="Garage Roy Granby", manager_id=ANNIE.id, city="Granby", updated_at=NOW))
    invite(post, summary="Garage Roy")
    assert post.activities() == []
    (asking,) = post.answers()
    assert "1. Garage Roy" in asking.text
    assert asking.calendar is None
    chosen = post.questions()[0].choices[1]["client"]
    asked = f"In-Reply-To: <{asking.uid}@calepin.example.net>"
    post.write(subject="Re: Invitation", text="2", headers=(asked,))
    with post.parts.services.database.reading() as session:
        refs = [session.get_one(ClientRow, row.client_id).ref for row in post.activities()]
    assert refs == [chosen]
    assert "PARTSTAT=ACCEPTED" in (post.answers()[1].calendar or "")
    assert post.notes() == []


def test_half_a_name_is_asked_about_and_not_guessed(post: Post) -> None:
    """A garage may be Garage Roy & Fils: a question with one choice, and nothing planned before the answer."""
    invite(post, summary="Garage")
    assert post.activities() == []
    assert [question.choices for question in post.questions()] == [[{"client": "C2"}]]
    post.write(text="1")
    assert [row.client_id for row in post.activities()] == [2]


def test_a_meeting_that_names_no_client_is_answered_with_the_remedy(post: Post) -> None:
    """Nothing is planned; another's client is as good as none."""
    for summary in ("Dentiste", "Hardware Smith"):
        invite(post, summary=summary, uid=summary)
    assert post.activities() == []
    assert [answer.calendar for answer in post.answers()] == [None, None]
    assert all("ne nomme aucun de vos clients" in answer.text.replace("\n", " ") for answer in post.answers())


def test_another_organizer_s_meeting_is_noted_for_the_rep_who_forwards_it(post: Post) -> None:
    """Annie sends on what a client invited her to: it is hers, and the client gets no mail from us."""
    invite(post, organizer="luc@tremblay.example", summary="Tremblay")
    assert len(post.activities()) == 1
    (answer,) = post.answers()
    assert (answer.calendar, answer.recipient) == (None, ANNIE.email)


def test_the_same_meeting_sent_by_two_reps_is_an_activity_of_each(post: Post) -> None:
    """Papeterie Morin is shared: Annie organizes, Bob sends it on."""
    text = event(summary="Papeterie Morin")
    invite(post, summary="Papeterie Morin")
    post.deliver(letter(parts=(calendar(text),), author=BOB.email), sender=BOB.email)
    assert [len(post.activities(rep.id)) for rep in (ANNIE, BOB)] == [1, 1]


def test_a_forged_organizer_plans_nothing(post: Post) -> None:
    """An event that says it is Annie's, in a mail that is not proved to be hers, is set aside."""
    raw = letter(parts=(calendar(event()),), vouched=None)
    assert post.deliver(raw).reason == "unproven"
    assert (post.activities(), post.answers()) == ([], [])


def test_answers_of_guests_and_lists_plan_nothing(post: Post) -> None:
    """METHOD:REPLY is news for a calendar, not for us; an invitation to a mailing list does not invite us."""
    invite(post, method="REPLY")
    invite(post, headers=("List-Id: <team.example.com>",))
    assert (post.activities(), post.answers(), post.notes()) == ([], [], [])


def test_an_invitation_that_cannot_be_read_is_answered_with_the_remedy(post: Post) -> None:
    """Without a start there is no meeting."""
    invite(post, starts="nonsense")
    assert "illisible" in post.answers()[0].text


def test_an_invitation_with_a_recording_is_both(post: Post) -> None:
    """The recording is a note, the meeting an activity."""
    post.write(text="Memo", parts=(recording(), calendar(event())))
    assert (len(post.notes()), len(post.activities())) == (1, 1)


def test_a_very_long_uid_is_one_meeting(post: Post) -> None:
    """Longer than the column, and still found again."""
    uid = "x" * 900
    invite(post, uid=uid)
    invite(post, uid=uid, method="CANCEL", sequence=1)
    assert states(post) == [(STARTS, "cancelled")]
