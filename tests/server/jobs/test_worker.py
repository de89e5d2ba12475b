"""A worker at work: notes get processed, renditions made, failures tried again."""

import errno
from pathlib import Path

import pytest

from server.domain.notes import NoteState
from server.jobs import renditions
from server.jobs.parts import Pace
from server.store import jobs
from server.store.blobs import Blobs
from tests.server.jobs.conftest import Jobs, tone, wait_until

QUICK = Pace(look=0.05, sweep=0.2, grace=0.0, first_retry=0.1, drain=1)


class FullDisk(Blobs):
    """A store without room for renditions until told otherwise."""

    full = True

    def rendition(self, digest: str, suffix: str) -> Path:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().rendition(digest, suffix)


def test_notes_are_processed_and_renditions_made(at_work: Jobs) -> None:
    """A text is processed, a recording gets its facts and its renditions, and a broken one fails with the reason."""
    written = at_work.take("Called about the order.")
    spoken = at_work.take(audio=tone(seconds=1.0))
    broken = at_work.take(audio=b"this is no sound")
    with at_work.working(QUICK):
        wait_until(lambda: all(at_work.note(uid).state != NoteState.RECEIVED for uid in (written, spoken, broken)))
        voice = at_work.note(spoken)
        assert voice.blob is not None
        with at_work.database.transaction() as session:
            at_work.queue.put(session, jobs.render(voice.blob, "mp3"))
        wait_until(lambda: renditions.ready(at_work.blobs, str(voice.blob), "mp3") is not None)
    assert at_work.note(written).state == NoteState.PROCESSED
    assert voice.state == NoteState.PROCESSED
    assert voice.seconds == pytest.approx(1.0, abs=0.05)
    assert voice.peaks is not None
    assert len(voice.peaks) == 200
    assert renditions.ready(at_work.blobs, voice.blob, "opus") is not None
    failed = at_work.note(broken)
    assert (failed.state, failed.failure) == (NoteState.FAILED, "not-audio")


def test_what_the_machine_is_at_fault_for_is_tried_again(at_work: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    """On a full disk a note waits, and is processed once there is room; a note that lost its job gets one."""
    caplog.set_level("WARNING")
    blobs = FullDisk(at_work.blobs.root)
    spoken = at_work.take(audio=tone())
    lost = at_work.take("The job of this one never was.", put=False, minutes_ago=1)
    with at_work.working(QUICK, blobs):
        wait_until(lambda: at_work.note(lost).state == NoteState.PROCESSED)
        wait_until(lambda: f"note {spoken}: attempt 2" in caplog.text)
        assert at_work.note(spoken).state == NoteState.RECEIVED
        blobs.full = False
        wait_until(lambda: at_work.note(spoken).state == NoteState.PROCESSED)
    assert f"process_note {spoken} failed: OSError: No space left on device" in caplog.text
    assert f"note {lost} had no job" in caplog.text
    assert "Exception encountered" not in caplog.text


def test_a_missing_opus_rendition_is_made_again_for_another(at_work: Jobs) -> None:
    """Rendering needs nothing but the original, and is harmless when the rendition is there."""
    blob = at_work.note(at_work.take(audio=tone(), put=False)).blob
    parts = at_work.parts()
    renditions.render(parts, f"{blob}.amr")
    path = renditions.ready(at_work.blobs, str(blob), "amr")
    assert path is not None
    made = path.stat().st_mtime_ns
    renditions.render(parts, f"{blob}.amr")
    assert path.stat().st_mtime_ns == made
