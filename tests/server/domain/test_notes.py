"""Notes: when two reports are one fact."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from server.domain.notes import Draft, Recorded

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TEXT = Draft(recorded_at=NOW, received_at=NOW, text="Rappeler")
VOICE = Draft(recorded_at=NOW, received_at=NOW, recording=Recorded("ab" * 32, 10, "audio/amr"))


def test_the_same_bytes_are_the_same_note() -> None:
    """A recording sent again with another text is the same recording."""
    assert replace(VOICE, text="encore", received_at=NOW + timedelta(days=3)).fingerprint == VOICE.fingerprint


def test_the_same_text_on_the_same_day_is_the_same_note() -> None:
    """A form that was sent twice makes one note; the same words the next day are another."""
    assert replace(TEXT, received_at=NOW + timedelta(hours=1)).fingerprint == TEXT.fingerprint
    assert replace(TEXT, received_at=NOW + timedelta(days=1)).fingerprint != TEXT.fingerprint


def test_the_same_text_at_two_times_that_the_device_gave_are_two_notes() -> None:
    """A device that says when each was written means both."""
    given = replace(TEXT, clock_given=True)
    assert replace(given, recorded_at=NOW - timedelta(minutes=5)).fingerprint != given.fingerprint


def test_a_reference_of_its_own_identifies_a_note() -> None:
    """Two rows of an import with the same words and other references are two notes."""
    assert replace(TEXT, ref="N1").fingerprint != replace(TEXT, ref="N2").fingerprint
