"""An engine listened to with caution: names help it, and names mislead it."""

from dataclasses import replace
from pathlib import Path

from audio.hallucinations import is_prompted, said
from audio.speech import Hints, Transcriber, Transcript


def heard(engine: Transcriber, recording: Path, hints: Hints) -> Transcript:
    """What was said, as far as one may believe it; raises what the engine does.

    Where a name may stand in the transcript only because the engine was told of it, the engine listens once more
    without having been told any.
    """
    transcript = engine.transcribe(recording, hints)
    names = hints.names
    if any(is_prompted(segment, names) for segment in transcript.segments):
        transcript, names = engine.transcribe(recording, replace(hints, names=())), ()
    return said(transcript, names)
