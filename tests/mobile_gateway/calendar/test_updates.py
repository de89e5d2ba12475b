"""What is known of an event follows what arrives about it, in whatever order."""

from datetime import UTC, datetime

from mobile_gateway.calendar.events import Invitation
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.recurrence import occurrences
from mobile_gateway.calendar.updates import merged, supersedes
from tests.mobile_gateway.calendar import samples
from tests.mobile_gateway.calendar.samples import event


def _read(text: str) -> Invitation:
    invitation = read_invitation(text)
    assert invitation is not None
    return invitation


REQUEST, UPDATE, CANCEL = map(_read, (samples.OUTLOOK_REQUEST, samples.OUTLOOK_UPDATE, samples.OUTLOOK_CANCEL))
SERIES, OFF = _read(samples.OUTLOOK_SERIES), _read(samples.OUTLOOK_OCCURRENCE_CANCELLED)


def test_a_newer_version_replaces_and_an_older_one_does_not() -> None:
    """SEQUENCE decides; an update overtaken by its successor changes nothing."""
    assert supersedes(UPDATE, REQUEST)
    assert not supersedes(REQUEST, UPDATE)
    assert merged(REQUEST, UPDATE) == UPDATE
    assert merged(UPDATE, REQUEST) == UPDATE


def test_the_stamp_decides_between_equal_sequences() -> None:
    """Google changes a description without a new SEQUENCE."""
    later = _read(samples.OUTLOOK_REQUEST.replace("DTSTAMP:20260320", "DTSTAMP:20260325").replace("prix", "rabais"))
    assert merged(REQUEST, later) == later
    assert merged(later, REQUEST) == later


def test_a_cancelled_meeting_keeps_its_times_and_stays_cancelled() -> None:
    """Also when the cancellation says only its UID, and when an older update comes late."""
    bare = _read(event(f"UID:{samples.OUTLOOK_UID}", "SEQUENCE:2", method="CANCEL"))
    for arrived in (CANCEL, bare):
        known = merged(merged(UPDATE, arrived), REQUEST)
        assert (known.cancelled, known.starts_at, known.sequence) == (True, UPDATE.starts_at, 2)


def test_one_occurrence_called_off_leaves_the_others() -> None:
    """The series goes on; the occurrence shows as cancelled."""
    found = occurrences(merged(SERIES, OFF), datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    assert {each.starts_at.day: each.cancelled for each in found.occurrences} == {
        3: False, 10: False, 17: True, 24: False, 31: False,
    }  # fmt: skip


def test_a_moved_occurrence_that_is_called_off_keeps_its_place() -> None:
    """A bare cancellation of an occurrence does not move it back."""
    original = "RECURRENCE-ID:20260317T130000Z"
    uid = f"UID:{samples.OUTLOOK_UID}"
    moved = _read(event(uid, original, "SEQUENCE:1", "DTSTART:20260318T150000Z", "DTEND:20260318T160000Z"))
    off = _read(event(uid, original, "SEQUENCE:2", method="CANCEL"))
    known = merged(merged(SERIES, moved), off)
    (override,) = known.recurrence.overrides
    assert (override.cancelled, override.starts_at) == (True, datetime(2026, 3, 18, 15, tzinfo=UTC))
    assert merged(known, moved) == known


def test_a_new_version_of_the_series_forgets_its_exceptions() -> None:
    """What it does not repeat no longer holds, and an older exception that comes late is stale."""
    newer = _read(samples.OUTLOOK_SERIES.replace("SEQUENCE:0", "SEQUENCE:2"))
    assert merged(merged(SERIES, OFF), newer) == newer
    assert merged(newer, OFF) == newer


def test_other_mail_changes_nothing() -> None:
    """Another event's, an answer, a proposal."""
    other = _read(event("UID:other", "SEQUENCE:9", "DTSTART:20260317T130000Z"))
    answer = _read(samples.OUTLOOK_UPDATE.replace("METHOD:REQUEST", "METHOD:REPLY"))
    proposal = _read(samples.OUTLOOK_UPDATE.replace("METHOD:REQUEST", "METHOD:COUNTER"))
    assert [merged(REQUEST, arrived) for arrived in (other, answer, proposal)] == [REQUEST] * 3
