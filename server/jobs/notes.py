"""The work on a note: make its recording playable, link it, and let the client's brief show it."""

import logging
from time import perf_counter

from audio import recordings
from server.domain.notes import Sound
from server.jobs.parts import WorkerParts
from server.jobs.questions import ask_whose
from server.jobs.renditions import place
from server.usecases import processing, transcripts

logger = logging.getLogger(__name__)


def process_note(parts: WorkerParts, uid: str) -> None:
    """Do what is left to do for a note; nothing if that is nothing.

    A recording that cannot be read makes the note `failed`, with the reason, and it is linked all the same. Raises
    OSError where the machine is at fault (no room), and what the database raises: the note then stays as it was.
    """
    with parts.database.reading() as session:
        waiting = processing.pending(session, uid)
    if waiting is None:
        return
    started = perf_counter()
    sound = _sound(parts, waiting.blob) if waiting.blob else None
    heard = perf_counter()
    # One transaction for all that was found out: readers see the note as it came, or done.
    with parts.database.transaction() as session:
        if isinstance(sound, Sound):
            processing.sound_known(session, uid, sound)
        elif sound is not None:
            processing.unreadable(session, uid, sound)
        processing.link_note(session, parts.policy, uid, parts.portfolios)
        processing.finish(session, uid)
        if parts.transcriber is None:
            ask_whose(session, parts, uid)
        else:
            transcripts.order(session, parts.queue, uid)
    logger.info(
        "note %s: %s %s, sound %.3f s, link %.3f s",
        uid,
        waiting.kind.value,
        f"failed ({sound})" if isinstance(sound, str) else "processed",
        heard - started,
        perf_counter() - heard,
    )


def _sound(parts: WorkerParts, blob: str) -> Sound | str:
    """What the recording is, its Opus rendition written; or the code of the reason why it cannot be played."""
    try:
        with parts.ears:
            found = recordings.prepare(parts.blobs.original(blob), place(parts.blobs, blob, "opus"), parts.limits)
    except recordings.Unreadable as fault:
        return fault.code
    return Sound(
        type=found.media_type,
        seconds=found.seconds,
        played_seconds=found.played_seconds,
        level=found.level,
        peaks=found.peaks,
        remark=None if found.complete else "incomplete",
    )
