"""faster-whisper as its own page shows it, the model held in memory: the yardstick for ours.

Started by `bench.transcribing` and asked by lines of JSON, each a file to write down.
"""

import json
import sys
import time


def main() -> None:
    """Answer each request with the seconds it took, until there are no more."""
    from faster_whisper import WhisperModel

    model = WhisperModel(json.loads(sys.argv[1])["folder"], device="cpu", compute_type="int8")
    print("{}", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.perf_counter()
        segments, _ = model.transcribe(asked["path"], language=asked["language"], beam_size=5, vad_filter=True)
        text = " ".join(segment.text for segment in segments)
        print(json.dumps({"seconds": time.perf_counter() - began, "text": text}), flush=True)
