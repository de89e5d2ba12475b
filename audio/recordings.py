"""Recordings made playable: one limited pass over what was sent, and the renditions made from its result."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.faults import Unreadable
from audio.formats import Format, recognise
from audio.limits import Limits
from audio.process import ask
from audio.renditions import Rendition

__all__ = ["Recording", "Rendition", "Unreadable", "prepare", "render", "samples"]

_INCOMPLETE = "The end or a part of the recording was damaged; what could be decoded was kept."


@dataclass(frozen=True, slots=True)
class Recording:
    """What a recording turned out to be.

    `seconds` counts the decoded samples of the original, whatever its header says. `level` (speech, pauses left
    out) and `peak` are those of the original in dBFS, not below -96. `trimmed_start` and `trimmed_end` are the
    seconds of dead air left out of the rendition, `played_seconds` its length, `peaks` its waveform: 200 values from
    0 to 100. `complete` is false where something was damaged; `remark` says so in words, and is empty otherwise.
    """

    format: str
    media_type: str
    codec: str
    sample_rate: int
    channels: int
    seconds: float
    level: float
    peak: float
    trimmed_start: float
    trimmed_end: float
    played_seconds: float
    peaks: tuple[int, ...]
    complete: bool
    remark: str


def prepare(source: Path, target: Path, limits: Limits | None = None) -> Recording:
    """Decode `source` once, write its edited Opus rendition to `target`, and tell what it is.

    `target` appears whole or not at all (fsynced and renamed); scratch space of 32 kB a second is needed beside it.
    Raises Unreadable if the recording is at fault, OSError if the machine is.
    """
    known = _recognised(source)
    with (
        source.open("rb") as recording,
        tempfile.TemporaryFile(dir=target.parent) as scratch,
        _appearing(target) as rendition,
    ):
        request = {"do": "prepare", "format": known.name}
        found = ask(request, recording.fileno(), scratch.fileno(), rendition, limits or Limits())
    return _recording(known, found)


def render(source: Path, target: Path, rendition: Rendition, limits: Limits | None = None) -> int:
    """Make another rendition of `source`, the Opus file that `prepare` wrote, at `target`; return its bytes.

    `target` appears whole or not at all. Raises Unreadable if `source` cannot be decoded, OSError if the machine
    is at fault.
    """
    known = _recognised(source)
    with source.open("rb") as recording, _appearing(target) as output:
        if rendition is Rendition.OPUS:
            with os.fdopen(os.dup(output), "wb") as copy:
                shutil.copyfileobj(recording, copy)
        else:
            request = {"do": "render", "format": known.name, "as": rendition.value}
            ask(request, recording.fileno(), recording.fileno(), output, limits or Limits())
    return target.stat().st_size


def samples(source: Path, target: int, limits: Limits | None = None) -> None:
    """Decode `source` onto the open descriptor `target`: 16-bit mono samples at 16 kHz in the machine's byte order.

    Raises Unreadable if `source` cannot be decoded, OSError if the machine is at fault.
    """
    known = _recognised(source)
    with source.open("rb") as recording:
        request = {"do": "samples", "format": known.name}
        ask(request, recording.fileno(), recording.fileno(), target, limits or Limits())


def _recognised(source: Path) -> Format:
    if source.stat().st_size == 0:
        raise Unreadable("empty")
    known = recognise(source)
    if known is None:
        raise Unreadable("not-audio")
    return known


def _recording(known: Format, found: dict[str, Any]) -> Recording:
    return Recording(
        format=known.name,
        media_type=known.media_type,
        codec=str(found["codec"]),
        sample_rate=int(found["sample_rate"]),
        channels=int(found["channels"]),
        seconds=float(found["seconds"]),
        level=float(found["level"]),
        peak=float(found["peak"]),
        trimmed_start=float(found["trimmed_start"]),
        trimmed_end=float(found["trimmed_end"]),
        played_seconds=float(found["played_seconds"]),
        peaks=tuple(int(peak) for peak in found["peaks"]),
        complete=bool(found["complete"]),
        remark="" if found["complete"] else _INCOMPLETE,
    )


@contextmanager
def _appearing(target: Path) -> Iterator[int]:
    """A descriptor for a temporary file that becomes `target` at the end, or vanishes if anything is raised."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        yield descriptor
        os.fsync(descriptor)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
    finally:
        os.close(descriptor)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
