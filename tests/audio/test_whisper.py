"""Whisper in its own process: a real model on sound, silence and noise; crashes, and folders without a model."""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.engines.whisper import WhisperTranscriber
from audio.hallucinations import said
from audio.recordings import prepare, samples
from audio.speech import EngineFault, Hints, Transcript, Unfinished
from tests.speech_model import base_model, lacking

NAMES = ("Imprimerie Morin", "Hardware Smith", "Garage Roy", "Marc Pelletier", "Boulangerie Tremblay")

with_model = pytest.mark.skipif(bool(lacking()), reason=f"no Whisper model to try: {lacking()}")
with_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="nobody speaks: apt-get install espeak-ng")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhisperTranscriber]:
    """Whisper with the base model."""
    engine = WhisperTranscriber(base_model(tmp_path_factory.mktemp("base")))
    yield engine
    engine.close()


def heard(engine: WhisperTranscriber, folder: Path, sound: bytes, language: str = "fr") -> Transcript:
    """What is left of what the engine hears in a WAV file, prompted with NAMES."""
    source, opus = folder / "sound.wav", folder / "sound.ogg"
    source.write_bytes(sound)
    seconds = prepare(source, opus).played_seconds
    return said(engine.transcribe(opus, Hints(seconds, language, NAMES)), NAMES)


def spoken(text: str, voice: str) -> bytes:
    """The text in a synthetic voice, as a WAV file."""
    command = ["espeak-ng", "-v", voice, "-s", "150", "--stdout", text]
    return subprocess.run(command, check=True, capture_output=True).stdout


def pcm(samples_: "np.ndarray[tuple[int], np.dtype[np.float64]]", rate: int = 16_000) -> bytes:
    """A WAV file of samples from -1 to 1."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((samples_.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


@with_model
@with_voice
def test_english_is_written_down_with_its_times(engine: WhisperTranscriber, tmp_path: Path) -> None:
    """A clear sentence is understood, its language found although the speaker's own is French."""
    sound = spoken("I just left Hardware Smith. They want the quote for the new shelves before Friday.", "en-us")
    transcript = heard(engine, tmp_path, sound, "fr")
    assert "Hardware Smith" in transcript.text
    assert "quote" in transcript.text
    assert {segment.language for segment in transcript.segments} == {"en"}
    assert all(0 <= piece.start <= piece.end <= 8 for piece in transcript.segments)


@with_model
@with_voice
def test_french_is_taken_for_french(engine: WhisperTranscriber, tmp_path: Path) -> None:
    """A voice that the model alone takes for another's is French, and a name given beforehand is spelled right."""
    sound = spoken("Appel de Bolduc, de Sherbrooke. Monsieur Marc Pelletier est content de la livraison.", "fr-fr")
    transcript = heard(engine, tmp_path, sound)
    assert {segment.language for segment in transcript.segments} == {"fr"}
    assert "Pelletier" in transcript.text


@with_model
@pytest.mark.parametrize("what", ["silence", "noise", "hum", "music"])
def test_where_nobody_speaks_no_name_is_written(engine: WhisperTranscriber, tmp_path: Path, what: str) -> None:
    """Silence, noise, the hum of a car and hold music give no text, whoever is likely to be named."""
    time_ = np.arange(16_000 * 12) / 16_000
    random = np.random.default_rng(1)
    chord = sum(np.sin(2 * np.pi * note * time_) for note in (262, 330, 392)) / 4
    sounds = {
        "silence": np.zeros(len(time_)),
        "noise": 0.1 * random.standard_normal(len(time_)),
        "hum": 0.3 * np.sin(2 * np.pi * 90 * time_) + 0.02 * random.standard_normal(len(time_)),
        "music": chord * (0.6 + 0.4 * np.sin(2 * np.pi * 2 * time_)),
    }
    assert heard(engine, tmp_path, pcm(sounds[what])).text == ""


@with_model
def test_a_process_that_is_killed_is_replaced(engine: WhisperTranscriber, tmp_path: Path) -> None:
    """Its death at work is told as such, and the next recording gets a new process."""
    noise = pcm(0.1 * np.random.default_rng(2).standard_normal(16_000))
    heard(engine, tmp_path, noise)
    first = engine.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    killer = subprocess.Popen(["sh", "-c", f"sleep 0.5; kill -9 {first}"])
    with pytest.raises(Unfinished, match="smaller model"):
        heard(engine, tmp_path, noise)
    killer.wait()
    assert heard(engine, tmp_path, noise).text == ""
    assert engine.pid not in (None, first)


@with_model
def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """A worker that is killed leaves no process with a model behind."""
    base_model(tmp_path / "base")
    source, opus = tmp_path / "sound.wav", tmp_path / "sound.ogg"
    source.write_bytes(pcm(np.zeros(16_000)))
    prepare(source, opus)
    code = (
        "import sys; from pathlib import Path; from audio.engines.whisper import WhisperTranscriber as W;"
        "from audio.speech import Hints; engine = W(Path(sys.argv[1])); engine.transcribe(Path(sys.argv[2]), Hints(1));"
        "print(engine.pid, flush=True); import time; time.sleep(60)"
    )
    arguments = [str(tmp_path / "base"), str(opus)]
    with subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}/stat").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
        assert time.monotonic() < end, "it is still there"
        time.sleep(0.1)


@with_model
def test_a_broken_model_says_so(tmp_path: Path) -> None:
    """A model that was copied halfway cannot be loaded; the sentence says what to do."""
    folder = base_model(tmp_path / "base")
    with (folder / "model.bin").open("r+b") as model:
        model.truncate(1_000_000)
    with pytest.raises(EngineFault, match=r"cannot be loaded .* copy the model anew"):
        heard(WhisperTranscriber(folder), tmp_path, pcm(np.zeros(16_000)))


def test_a_folder_that_is_missing_or_holds_no_model_says_so(tmp_path: Path) -> None:
    """Nothing is started for it."""
    sound = pcm(np.zeros(16_000))
    with pytest.raises(EngineFault, match="There is no folder"):
        heard(WhisperTranscriber(tmp_path / "absent"), tmp_path, sound)
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineFault, match=r"lacks model\.bin"):
        heard(WhisperTranscriber(tmp_path / "empty"), tmp_path, sound)


def test_a_rendition_is_decoded_to_samples(tmp_path: Path) -> None:
    """The engine is given 16-bit mono sound at 16 kHz, decoded by the limited process."""
    source, opus = tmp_path / "sound.wav", tmp_path / "sound.ogg"
    source.write_bytes(pcm(0.1 * np.sin(np.arange(32_000) / 5)))
    seconds = prepare(source, opus).played_seconds
    with (tmp_path / "pcm").open("w+b") as target:
        samples(opus, target.fileno())
    size = (tmp_path / "pcm").stat().st_size
    assert abs(size / 32_000 - seconds) < 0.1
