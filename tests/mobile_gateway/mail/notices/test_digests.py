"""The morning's digest."""

from datetime import UTC, datetime, timedelta

from mobile_gateway.mail.notices import write_digests
from server.store.tables.activities import ActivityRow
from tests.company import ANNIE, BOB
from tests.mobile_gateway.mail.conftest import Post

SEVEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # in Montréal


def at(post: Post, now: datetime) -> int:
    """What is due at that time."""
    post.now = now
    return write_digests(post.parts)


def test_it_comes_at_the_rep_s_hour_once(post: Post) -> None:
    """The day in the subject and no client; a line for each activity, within 40 columns."""
    post.wish(ANNIE, digest_hour=7)
    assert at(post, SEVEN - timedelta(minutes=1)) == 0
    assert at(post, SEVEN) == 1
    assert at(post, SEVEN + timedelta(minutes=30)) == 0
    (digest,) = post.answers()
    assert (digest.recipient, digest.subject) == (ANNIE.email, "Votre journée du mardi 24 novembre")
    assert digest.text.splitlines()[:2] == [
        "09:09 visite Boulangerie Tremblay inc.",
        "11:00 visite Garage Roy & Fils ltée",
    ]
    assert max(map(len, digest.text.splitlines())) <= 40


def test_nobody_gets_one_who_did_not_ask_for_it(post: Post) -> None:
    """There is no hour at first."""
    assert at(post, SEVEN) == 0


def test_a_day_without_activities_has_none(post: Post) -> None:
    """Bob has nothing planned on that day, nor has Annie tomorrow."""
    post.wish(BOB, digest_hour=7)
    assert at(post, SEVEN) == 0
    post.wish(ANNIE, digest_hour=7)
    assert at(post, SEVEN + timedelta(days=1)) == 0


def test_after_a_long_stop_it_is_left_out(post: Post) -> None:
    """At eleven nobody needs the morning's list; at nine they do, without what is over."""
    post.wish(ANNIE, digest_hour=7)
    assert at(post, SEVEN + timedelta(hours=4)) == 0
    assert at(post, SEVEN + timedelta(hours=2, minutes=59)) == 1
    assert post.answers()[0].text.startswith("11:00 visite Garage Roy")


def test_what_is_called_off_is_not_in_it(post: Post) -> None:
    """Only what is planned."""
    post.wish(ANNIE, digest_hour=7)
    starts_at = SEVEN + timedelta(hours=2)
    post.add(
        ActivityRow(ref="A7", rep_id=ANNIE.id, client_id=4, state="cancelled", starts_at=starts_at, ends_at=starts_at)
    )
    assert at(post, SEVEN) == 1
    assert "Papeterie" not in post.answers()[0].text
