"""The process that touches what strangers sent: `main` is started by `audio.process`, bound to its limits, asked once.

Descriptors: 0 the recording, 1 the answer, 2 the log, 3 scratch space, 4 the rendition. Nothing else is open, and
nothing else can be opened.
"""

import errno
import fcntl
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, Final

import av

from audio.decoding import Decoder
from audio.descriptors import Source
from audio.editing import Measures, evened, sounding
from audio.encoding import ENCODINGS, encode
from audio.faults import Unreadable
from audio.formats import FORMATS
from audio.level import BLOCK_SECONDS, block_gains, dbfs, gain_towards_target, gated_level, waveform
from audio.limits import DESCRIPTORS, PCM_RATE, Limits, confine
from audio.pcm import Scratch, convert
from audio.renditions import Rendition

RECORDING, ANSWER, SCRATCH, RENDITION = 0, 1, 3, 4


def main() -> None:
    """Answer the request in the first argument with one line of JSON, and exit."""
    for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(interruption, signal.SIG_IGN)
    request = json.loads(sys.argv[1])
    _pack(request["scratch"], request["rendition"])
    confine(Limits(**request["limits"]), request["parent"])
    answer = json.dumps(_answer(request)).encode()
    while answer:
        answer = answer[os.write(ANSWER, answer) :]
    os._exit(0)


def _pack(scratch: int, rendition: int) -> None:
    """Bring the descriptors to 0-4 and close every other: a hole in the table is enough for a socket."""
    above = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 2 * DESCRIPTORS) for descriptor in (scratch, rendition)]
    os.dup2(above[0], SCRATCH)
    os.dup2(above[1], RENDITION)
    os.closerange(DESCRIPTORS, 1 << 20)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"done": _WORK[request["do"]](request)}
    except Unreadable as refusal:
        return {"unreadable": refusal.code}
    except MemoryError:
        return {"unreadable": "limits"}
    except (av.FFmpegError, ValueError, LookupError, ArithmeticError):
        # What libraries raise on bytes they did not foresee: the recording's fault, and the same next time.
        return {"unreadable": "broken"}
    except OSError as fault:
        if fault.errno == errno.EFBIG:
            return {"unreadable": "limits"}
        return {"errno": fault.errno, "message": fault.strerror or str(fault)}


def _decoder(request: dict[str, Any]) -> Decoder:
    return Decoder(Source(RECORDING), FORMATS[request["format"]], request["limits"]["longest"])


def _prepare(request: dict[str, Any]) -> dict[str, Any]:
    decoder = _decoder(request)
    scratch, measures = Scratch(SCRATCH), Measures()
    for piece in convert(decoder.frames(), PCM_RATE):
        scratch.append(piece)
        measures.add(piece)
    level = gated_level(measures.rms)
    start, end = sounding(scratch, level)
    peaks = measures.peaks[start:end]
    gains = block_gains(peaks, gain_towards_target(level))
    encode(evened(scratch, start, gains), Rendition.OPUS, RENDITION)
    total = scratch.samples / PCM_RATE
    return {
        "codec": decoder.codec,
        "sample_rate": decoder.rate,
        "channels": decoder.channels,
        "seconds": round(decoder.seconds, 6),
        "level": round(level, 1),
        "peak": round(dbfs(max(measures.peaks, default=0)), 1),
        "trimmed_start": start * BLOCK_SECONDS,
        "trimmed_end": max(0.0, total - end * BLOCK_SECONDS),
        "played_seconds": min(end * BLOCK_SECONDS, total) - start * BLOCK_SECONDS,
        "peaks": waveform(peaks, gains),
        "complete": decoder.complete,
    }


def _render(request: dict[str, Any]) -> dict[str, Any]:
    rendition = Rendition(request["as"])
    encode(convert(_decoder(request).frames(), ENCODINGS[rendition].rate), rendition, RENDITION)
    return {}


def _samples(request: dict[str, Any]) -> dict[str, Any]:
    pcm = Scratch(RENDITION)
    for piece in convert(_decoder(request).frames(), PCM_RATE):
        pcm.append(piece)
    return {}


_WORK: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "prepare": _prepare,
    "render": _render,
    "samples": _samples,
}
