"""Speech to text: our engine beside faster-whisper called bare, and how long a rep waits for the final link."""

import http.client
import json
import tempfile
import time
from statistics import median, quantiles

import numpy as np

from audio.engines.companion import Companion
from audio.engines.whisper import WhisperTranscriber
from audio.listening import heard
from audio.recordings import prepare, samples
from audio.speech import Hints
from bench.company import HEADERS, Company, build
from bench.figures import Figure, side_by_side
from bench.processes import service
from bench.run import Run
from deploy.demo.make_recordings import Samples, encode
from deploy.demo.said import RECORDINGS
from deploy.demo.voice_notes import AMR
from tests.speech_model import base_model, lacking

COMPANY = Company(clients=2_000, notes=1, portfolio=2_000)
RATE = 16_000
NOTE_SECONDS = 30
SPEAKER = "annie-"
NAMES = tuple(f"Quincaillerie Tremblay {number}" for number in range(1, 4))
GIVE_UP_AFTER = 120.0


def factor(run: Run) -> list[Figure]:
    """Seconds of work for a second of sound, decoding included on both sides, the model warm on both."""
    if missing := lacking():
        run.remarks.append(f"not measured: speech to text. Remedy: {missing}")
        return []
    model = base_model(run.keep / "whisper-base")
    ring = _ring(run)
    engine = WhisperTranscriber(model)
    bare = Companion("from bench.bare_whisper import main; main()", {"folder": str(model.resolve())}, {})
    bare.answer(GIVE_UP_AFTER)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(run.rounds(8) + 1):
        run.progress(f"transcribing, round {number}")
        opus = run.folder / f"speech-{number}.ogg"
        source = run.folder / f"speech-{number}.amr"
        source.write_bytes(_note(ring, number))
        seconds = prepare(source, opus).played_seconds
        began = time.perf_counter()
        heard(engine, opus, Hints(seconds, "fr", NAMES))
        mine = time.perf_counter() - began
        other = float(bare.answer(GIVE_UP_AFTER, {"path": str(opus.resolve()), "language": "fr"})["seconds"])
        if number:  # the first warms both up
            ours.append(mine / seconds)
            theirs.append(other / seconds)
    engine.close()
    bare.end()
    return [side_by_side("transcribing, base model, against faster-whisper bare", "s/s", ours, theirs, bar=1.1)]


def final_link(run: Run) -> list[Figure]:
    """Seconds from the acknowledgement of a 30 s AMR note until its transcript is there and its link final."""
    if missing := lacking():
        run.remarks.append(f"not measured: the final link. Remedy: {missing}")
        return []
    model = base_model(run.keep / "whisper-base")
    ring = _ring(run)
    data = run.folder / "transcribing"
    build(data, COMPANY, run.progress)
    notes = 10 if run.quick else 40
    with service(run, data, "deploy.cli", "serve", settings={"CALEPIN_SPEECH_MODEL": str(model.resolve())}) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        _wait(connection, _note(ring, notes + 1))  # the model may still be loading
        seconds = []
        for number in range(notes):
            run.progress(f"final link, note {number + 1} of {notes}")
            seconds.append(_wait(connection, _note(ring, number)))
        connection.close()
    name = f"{NOTE_SECONDS} s AMR note, base model, 201 to the final link, {notes} in a row"
    return [
        Figure(f"{name}: p95", "s", quantiles(seconds, n=20)[-1], bar=15.0),
        Figure(f"{name}: median", "s", median(seconds)),
    ]


def _ring(run: Run) -> Samples:
    """Every French sentence of one speaker of the demo, one after the other."""
    run.progress("putting speech together")
    pieces = []
    for recording in RECORDINGS:
        if recording.name.startswith(SPEAKER):
            opus = run.folder / f"{recording.name}.ogg"
            prepare(recording.path, opus)
            with tempfile.TemporaryFile() as pcm:
                samples(opus, pcm.fileno())
                pcm.seek(0)
                pieces.append(np.frombuffer(pcm.read(), dtype=np.int16).astype(np.float32) / 32768)
    return np.concatenate(pieces)


def _note(ring: Samples, number: int) -> bytes:
    """Thirty seconds of the ring, begun elsewhere for every number."""
    turned = np.roll(ring, -number * RATE)
    return encode(np.resize(turned, NOTE_SECONDS * RATE), RATE, AMR)


def _wait(connection: http.client.HTTPConnection, recording: bytes) -> float:
    headers = HEADERS | {"content-type": "audio/amr"}
    connection.request("POST", "/api/v1/notes", recording, headers)
    note = json.loads(connection.getresponse().read())["id"]
    began = time.monotonic()
    while time.monotonic() - began < GIVE_UP_AFTER:
        connection.request("GET", f"/api/v1/notes/{note}", headers=HEADERS)
        if json.loads(connection.getresponse().read())["transcribing"] == "done":
            return time.monotonic() - began
        time.sleep(0.05)
    msg = f"note {note} had no transcript within {GIVE_UP_AFTER} s"
    raise RuntimeError(msg)
