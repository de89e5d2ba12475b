"""Other renditions of a recording, made when somebody first asks for them."""

import logging
from pathlib import Path
from time import perf_counter

from audio import recordings
from audio.renditions import Rendition
from server.jobs.parts import WorkerParts
from server.store.blobs import Blobs

logger = logging.getLogger(__name__)


def place(blobs: Blobs, sha256: str, kind: str) -> Path:
    """Where the rendition `kind` (`opus`, `aac`, `mp3`, `amr`) lies, or would; its folder exists afterwards."""
    return blobs.rendition(sha256, "ogg" if kind == Rendition.OPUS else kind)


def ready(blobs: Blobs, sha256: str, kind: str) -> Path | None:
    """The rendition if it is there; it is whole then."""
    path = place(blobs, sha256, kind)
    return path if path.is_file() else None


def render(parts: WorkerParts, argument: str) -> None:
    """Make the rendition that `argument` names as `sha256.kind`, unless it is there.

    It is made from the Opus rendition, which is itself made again where it is missing. A recording that cannot be read
    has no renditions: that is logged and no failure of the job. Raises OSError where the machine is at fault.
    """
    sha256, _, name = argument.partition(".")
    kind = Rendition(name)
    if ready(parts.blobs, sha256, kind):
        return
    started = perf_counter()
    opus = place(parts.blobs, sha256, Rendition.OPUS)
    target = place(parts.blobs, sha256, kind)
    try:
        with parts.ears:
            if not opus.is_file():
                recordings.prepare(parts.blobs.original(sha256), opus, parts.limits)
            if kind is not Rendition.OPUS:
                recordings.render(opus, target, kind, parts.limits)
    except recordings.Unreadable as fault:
        logger.warning("recording %s: no %s, it cannot be read (%s)", sha256, kind, fault.code)
        return
    logger.info("recording %s: %s made in %.3f s", sha256, kind, perf_counter() - started)
