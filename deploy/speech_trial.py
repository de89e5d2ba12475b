"""A shipped recording given to the speech engine, to see that it works and how fast it is on this machine."""

import tempfile
from pathlib import Path
from time import perf_counter

from audio.recordings import Unreadable, prepare
from audio.speech import Hints, Refused, Transcriber
from deploy.demo.voice_notes import FOLDER

SAMPLE = FOLDER / "sarah-1.m4a"
SLOW = 1.0


class TrialFailed(Exception):
    """The engine does not work; the message is a sentence with a remedy."""


def speech_trial(engine: Transcriber) -> str:
    """Which engine it is and what a second of sound takes it, once it is warm. Raises TrialFailed."""
    with tempfile.TemporaryDirectory() as name:
        opus = Path(name) / "sample.ogg"
        try:
            seconds = prepare(SAMPLE, opus).played_seconds
            hints = Hints(seconds, "en")
            engine.transcribe(opus, hints)
            began = perf_counter()
            heard = engine.transcribe(opus, hints)
            factor = (perf_counter() - began) / seconds
        except (OSError, Refused, Unreadable) as fault:
            raise TrialFailed(str(fault)) from fault
        finally:
            engine.close()
    if not heard.text:
        msg = f"{engine.name} hears nothing in a clear sentence. Remedy: take another model."
        raise TrialFailed(msg)
    if factor > SLOW:
        msg = (
            f"{engine.name} takes {factor:.1f} s for a second of sound, so transcripts will lag behind. "
            "Remedy: take a smaller model, or a server with CALEPIN_SPEECH_URL."
        )
        raise TrialFailed(msg)
    return f"{engine.name}, {factor:.2f} s for a second of sound"
