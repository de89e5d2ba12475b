"""Transcripts: a job of their own, tried again where the engine is at fault, given up where the recording is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread

from audio.speech import EngineFault, Hints, Refused, Segment, Transcript, Unfinished
from server.domain.notes import LinkStatus, NoteState
from server.domain.transcripts import Transcribing
from server.jobs import transcripts, worker
from server.jobs.notes import process_note
from server.jobs.parts import Pace, WorkerParts
from server.usecases.transcripts import MOST_ATTEMPTS
from tests.server.jobs.conftest import Jobs, tone, wait_until

QUICK = Pace(look=0.05, sweep=0.2, grace=0.0, first_retry=0.1, drain=1)


@dataclass
class ScriptedTranscriber:
    """The fake beside the port: says, or raises, what the test wants, and remembers what it was asked."""

    says: Callable[[], Transcript]
    asked: list[tuple[Path, Hints]] = field(default_factory=list)
    name: str = "a script"

    def transcribe(self, recording: Path, hints: Hints) -> Transcript:
        """As the test wants."""
        self.asked.append((recording, hints))
        return self.says()

    def close(self) -> None:
        """Nothing is held."""


def spoken(text: str) -> Transcript:
    """A transcript of one segment."""
    return Transcript((Segment(0.0, 0.5, text, "en"),))


def fails(*faults: Exception, then: str = "Done.") -> Callable[[], Transcript]:
    """An engine that fails like this, once each, and then hears something."""
    left = list(faults)

    def says() -> Transcript:
        if left:
            raise left.pop(0)
        return spoken(then)

    return says


@contextmanager
def working(at_work: Jobs, engine: ScriptedTranscriber | None) -> Iterator[None]:
    """A worker with that engine."""
    stop = Event()
    parts = replace(at_work.parts(), transcriber=engine)
    thread = Thread(target=worker.run, args=(parts, stop, QUICK))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def ended(at_work: Jobs, uid: str) -> bool:
    """Whether the transcript is done or given up."""
    return at_work.note(uid).transcribing in (Transcribing.DONE, Transcribing.FAILED)


def with_engine(at_work: Jobs, says: Callable[[], Transcript]) -> tuple[WorkerParts, ScriptedTranscriber]:
    """What a worker is given, with that engine."""
    engine = ScriptedTranscriber(says)
    return replace(at_work.parts(), transcriber=engine), engine


def test_a_recording_is_written_down_after_its_note_is_processed(at_work: Jobs) -> None:
    """The engine gets the playable rendition and what helps it; text notes and broken recordings get no transcript."""
    engine = ScriptedTranscriber(lambda: spoken(" They want\x00 two pallets. "))
    uid, text = at_work.take(audio=tone(1.0)), at_work.take("Written.")
    broken = at_work.take(audio=b"this is no sound")
    with working(at_work, engine):
        wait_until(lambda: ended(at_work, uid))
        wait_until(lambda: at_work.note(broken).state == NoteState.FAILED)
    note = at_work.note(uid)
    assert (note.state, note.transcribing, note.transcript) == ("processed", "done", "They want two pallets.")
    assert note.segments == [{"start": 0.0, "end": 0.5, "text": "They want two pallets.", "language": "en"}]
    ((recording, hints),) = engine.asked
    assert recording.read_bytes().startswith(b"OggS")
    assert (hints.language, hints.names) == ("en", ())
    assert abs(hints.seconds - 1.0) < 0.1
    assert (at_work.note(text).transcribing, at_work.note(broken).transcribing) == (None, None)


def test_an_engine_that_is_down_is_tried_again(at_work: Jobs) -> None:
    """While it is, the note is processed and its transcript due; it comes once the engine is up, however late."""
    down = [EngineFault("It is down.")] * (MOST_ATTEMPTS + 1)
    engine = ScriptedTranscriber(fails(*down))
    uid = at_work.take(audio=tone())
    with working(at_work, engine):
        wait_until(lambda: len(engine.asked) > 1)
        assert (at_work.note(uid).state, at_work.note(uid).transcribing) == ("processed", "due")
        wait_until(lambda: ended(at_work, uid), 60)
    assert at_work.note(uid).transcript == "Done."
    assert at_work.note(uid).transcribing_failures == 0


def test_a_transcript_that_lost_its_job_is_found(at_work: Jobs) -> None:
    """What is due and has no job gets one from the sweep, here after a start without an engine."""
    uid = at_work.take(audio=tone(), put=False, minutes_ago=1)
    parts, _ = with_engine(at_work, lambda: spoken("Never asked."))
    process_note(replace(parts, queue=Nowhere()), uid)
    assert at_work.note(uid).transcribing == "due"
    transcripts.transcribe(at_work.parts(), uid)
    assert at_work.note(uid).transcribing == "due"
    with working(at_work, ScriptedTranscriber(lambda: spoken("Found."))):
        wait_until(lambda: ended(at_work, uid))
    assert at_work.note(uid).transcript == "Found."


def test_a_recording_that_is_refused_is_left_at_that(at_work: Jobs) -> None:
    """It is marked, asked for no more, and the note stays as it was."""
    parts, engine = with_engine(at_work, fails(Refused("Too large.")))
    uid = at_work.take(audio=tone(), put=False)
    process_note(parts, uid)
    for _ in range(2):
        transcripts.transcribe(parts, uid)
    note = at_work.note(uid)
    assert (note.state, note.transcribing, note.transcript) == ("processed", "failed", None)
    assert len(engine.asked) == 1


def test_a_recording_that_kills_the_engine_is_given_up(at_work: Jobs) -> None:
    """After a few attempts that ended in a crash or a time-out; until then each is a failed job, and so comes later."""
    parts, engine = with_engine(at_work, fails(*[Unfinished("It died.")] * MOST_ATTEMPTS))
    uid = at_work.take(audio=tone(), put=False)
    process_note(parts, uid)
    failures = 0
    for _ in range(MOST_ATTEMPTS + 1):
        try:
            transcripts.transcribe(parts, uid)
        except Unfinished:
            failures += 1
    assert (failures, len(engine.asked)) == (MOST_ATTEMPTS - 1, MOST_ATTEMPTS)
    assert at_work.note(uid).transcribing == "failed"


def test_silence_is_not_even_asked_about(at_work: Jobs) -> None:
    """A recording without anything loud enough to be speech has an empty transcript, and no engine may invent one."""
    parts, engine = with_engine(at_work, lambda: spoken("Garage Roy."))
    uid = at_work.take(audio=tone(1.0, 0.0), put=False)
    process_note(parts, uid)
    transcripts.transcribe(parts, uid)
    note = at_work.note(uid)
    assert (note.transcribing, note.transcript, note.segments) == ("done", None, [])
    assert engine.asked == []


def test_a_missing_rendition_is_made_again(at_work: Jobs) -> None:
    """The transcript needs nothing but the original."""
    parts, engine = with_engine(at_work, lambda: spoken("Heard."))
    uid = at_work.take(audio=tone(), put=False)
    process_note(parts, uid)
    opus = at_work.blobs.rendition(str(at_work.note(uid).blob), "ogg")
    opus.unlink()
    transcripts.transcribe(parts, uid)
    assert engine.asked[0][0] == opus
    assert (at_work.note(uid).transcript, opus.is_file()) == ("Heard.", True)


def test_what_a_person_has_confirmed_stays(at_work: Jobs) -> None:
    """The transcript of a confirmed note is kept, its link left alone."""
    parts, _ = with_engine(at_work, lambda: spoken("Somebody else."))
    uid = at_work.take(audio=tone(), put=False)
    process_note(parts, uid)
    with at_work.database.transaction() as session:
        row = session.merge(at_work.note(uid))
        row.link_status, row.evidence = LinkStatus.CONFIRMED, [{"code": "confirmed", "values": {"by": "Rep"}}]
    transcripts.transcribe(parts, uid)
    note = at_work.note(uid)
    assert (note.transcript, note.link_status) == ("Somebody else.", LinkStatus.CONFIRMED)
    assert note.evidence == [{"code": "confirmed", "values": {"by": "Rep"}}]


class Nowhere:
    """A queue that loses what is put into it."""

    def put(self, session: object, job: object) -> None:
        """Lose it."""
