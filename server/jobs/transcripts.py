"""The transcript of a recording: made after the note is processed, and the note linked anew by what was said."""

import logging
from pathlib import Path
from time import perf_counter

from audio import recordings
from audio.level import FLOOR
from audio.listening import heard
from audio.speech import Hints, Refused, Transcriber, Transcript, Unfinished
from server.domain.transcripts import Piece, tidy
from server.jobs.parts import WorkerParts
from server.jobs.questions import ask_whose
from server.jobs.renditions import place
from server.usecases import processing, transcripts
from server.usecases.transcripts import Untranscribed

logger = logging.getLogger(__name__)


def transcribe(parts: WorkerParts, uid: str) -> None:
    """Make the transcript of a note's recording if it is due; nothing if it is not, or if there is no engine.

    A recording that the engine refuses, or fails on again and again, is marked and left; the note stays as it was.
    Raises OSError where the engine or the machine is at fault: the transcript then stays due.
    """
    if parts.transcriber is None:
        return
    with parts.database.reading() as session:
        waiting = transcripts.pending(session, parts.policy, uid)
    if waiting is None:
        return
    started = perf_counter()
    try:
        transcript = _listen(parts, parts.transcriber, waiting)
    except (Refused, recordings.Unreadable) as refusal:
        _give_up(parts, uid, refusal)
        return
    except Unfinished as failure:
        if not _counted(parts, uid):
            raise
        logger.warning("note %s: no transcript, after several attempts: %s", uid, failure)
        return
    # One transaction: whoever sees the transcript sees the link that it led to.
    with parts.database.transaction() as session:
        transcripts.heard(session, uid, tidy(_pieces(transcript)))
        processing.link_note(session, parts.policy, uid, parts.portfolios)
        ask_whose(session, parts, uid)
    taken = perf_counter() - started
    logger.info("note %s: %.1f s of sound transcribed in %.1f s", uid, waiting.seconds, taken)


def _listen(parts: WorkerParts, engine: Transcriber, waiting: Untranscribed) -> Transcript:
    if waiting.level is not None and waiting.level <= FLOOR:
        return Transcript()  # nothing loud enough to be speech: an engine would only invent some
    hints = Hints(waiting.seconds, waiting.language, waiting.names)
    return heard(engine, _playable(parts, waiting.blob), hints)


def _playable(parts: WorkerParts, blob: str) -> Path:
    """The Opus rendition, whose times are those of what is played; made again where it is missing."""
    opus = place(parts.blobs, blob, "opus")
    if not opus.is_file():
        with parts.ears:
            recordings.prepare(parts.blobs.original(blob), opus, parts.limits)
    return opus


def _pieces(transcript: Transcript) -> list[Piece]:
    return [Piece(segment.start, segment.end, segment.text, segment.language) for segment in transcript.segments]


def _give_up(parts: WorkerParts, uid: str, reason: Exception) -> None:
    with parts.database.transaction() as session:
        transcripts.refused(session, uid)
        ask_whose(session, parts, uid)
    logger.warning("note %s: no transcript: %s", uid, reason)


def _counted(parts: WorkerParts, uid: str) -> bool:
    with parts.database.transaction() as session:
        return transcripts.unfinished(session, uid)
