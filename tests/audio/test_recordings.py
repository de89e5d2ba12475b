"""Honest recordings, one of each kind that devices send."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio.recordings import Recording, prepare
from tests.audio import sounds

NARROW, WIDE, FULL = 8_000, 16_000, 48_000
SECONDS = 2.0

Maker = Callable[[Path], Path]


def encoded(container: str, codec: str, rate: int, **options: str) -> Maker:
    return lambda path: sounds.encode(path, container, codec, sounds.speech(SECONDS, rate), rate, **options)


MAKERS: dict[str, tuple[Maker, str, str]] = {
    "AMR": (encoded("amr", "libopencore_amrnb", NARROW), "amr", "libopencore_amrnb"),
    "AMR-WB": (lambda path: sounds.amr_wb(path, 100), "amr-wb", "libopencore_amrwb"),
    "QCELP": (lambda path: sounds.qcp(path, 100), "qcp", "qcelp"),
    "3GP with AMR": (encoded("3gp", "libopencore_amrnb", NARROW), "3gp", "libopencore_amrnb"),
    "3GP with AAC": (encoded("3gp", "aac", WIDE), "3gp", "aac"),
    "M4A": (encoded("ipod", "aac", FULL, layout="stereo"), "m4a", "aac"),
    "MP4 in fragments": (encoded("mp4", "aac", FULL, movflags="+frag_keyframe+empty_moov"), "mp4", "aac"),
    "ALAC": (encoded("ipod", "alac", FULL), "m4a", "alac"),
    "QuickTime": (encoded("mov", "pcm_s16be", WIDE), "mov", "pcm_s16be"),
    "CAF with ALAC": (encoded("caf", "alac", FULL), "caf", "alac"),
    "CAF with IMA ADPCM": (encoded("caf", "adpcm_ima_qt", FULL), "caf", "adpcm_ima_qt"),
    "Ogg Opus": (encoded("ogg", "libopus", WIDE), "ogg", "opus"),
    "Ogg Vorbis": (encoded("ogg", "vorbis", FULL, layout="stereo"), "ogg", "vorbis"),
    "Ogg FLAC": (encoded("ogg", "flac", WIDE), "ogg", "flac"),
    "WebM": (encoded("webm", "libopus", FULL, live="1"), "webm", "opus"),
    "Matroska": (encoded("matroska", "aac", FULL), "matroska", "aac"),
    "MP3": (encoded("mp3", "libmp3lame", FULL), "mp3", "mp3float"),
    "AAC": (encoded("adts", "aac", FULL), "aac", "aac"),
    "FLAC": (encoded("flac", "flac", FULL), "flac", "flac"),
    "WAV": (encoded("wav", "pcm_s16le", WIDE), "wav", "pcm_s16le"),
    "WAV of 24 bits": (encoded("wav", "pcm_s24le", FULL, layout="stereo"), "wav", "pcm_s24le"),
    "WAV of floats": (encoded("wav", "pcm_f32le", FULL), "wav", "pcm_f32le"),
    "WAV of 8 channels": (encoded("wav", "pcm_s16le", WIDE, layout="7.1"), "wav", "pcm_s16le"),
    "WAV over 4 GB": (encoded("wav", "pcm_s16le", WIDE, rf64="always"), "wav", "pcm_s16le"),
    "WAV µ-law": (encoded("wav", "pcm_mulaw", NARROW), "wav", "pcm_mulaw"),
    "WAV A-law": (encoded("wav", "pcm_alaw", NARROW), "wav", "pcm_alaw"),
    "WAV MS ADPCM": (encoded("wav", "adpcm_ms", NARROW), "wav", "adpcm_ms"),
    "WAV IMA ADPCM": (encoded("wav", "adpcm_ima_wav", NARROW), "wav", "adpcm_ima_wav"),
    "WAV GSM": (lambda path: sounds.gsm_wav(path, 50), "wav", "gsm_ms"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_is_played_with_its_true_duration(tmp_path: Path, kind: str) -> None:
    """Decoded by the right decoder, seconds counted to a tenth, an Opus rendition as long as what is played."""
    make, name, codec = MAKERS[kind]

    found = prepare(make(tmp_path / "in"), tmp_path / "out.opus")

    assert (found.format, found.codec) == (name, codec)
    assert found.seconds == pytest.approx(SECONDS, abs=0.1)
    assert found.complete
    assert found.remark == ""
    assert len(found.peaks) == 200
    assert max(found.peaks) > 20
    assert len(sounds.decode(tmp_path / "out.opus")) / WIDE == pytest.approx(found.played_seconds, abs=0.03)


def prepared(tmp_path: Path, samples: sounds.Samples) -> tuple[Recording, sounds.Samples]:
    source = sounds.wav(tmp_path / "in", samples.tobytes())
    found = prepare(source, tmp_path / "out.opus")
    return found, sounds.decode(tmp_path / "out.opus")


def rms(samples: sounds.Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples / 32768.0))) + 1e-9))


def test_dead_air_at_the_ends_is_not_played(tmp_path: Path) -> None:
    """All but a quarter second of the silence before and after is left out; the original keeps it."""
    found, _ = prepared(tmp_path, sounds.speech(2, pause=3))

    assert found.seconds == pytest.approx(8.0)
    assert found.trimmed_start == pytest.approx(2.75, abs=0.1)
    assert found.trimmed_end == pytest.approx(2.75, abs=0.1)
    assert found.played_seconds == pytest.approx(2.5, abs=0.2)
    assert found.trimmed_start + found.played_seconds + found.trimmed_end == pytest.approx(found.seconds, abs=0.001)


def test_dead_air_longer_than_a_window_is_found(tmp_path: Path) -> None:
    """A device left on for half a minute before anybody speaks is trimmed as well."""
    found, _ = prepared(tmp_path, np.concatenate([np.zeros(WIDE * 30, np.int16), sounds.speech(1)]))

    assert found.trimmed_start == pytest.approx(29.75, abs=0.1)


def test_a_pause_in_the_middle_stays(tmp_path: Path) -> None:
    """Only the ends are trimmed."""
    sound = sounds.speech(1)
    found, _ = prepared(tmp_path, np.concatenate([sound, np.zeros(WIDE * 3, np.int16), sound]))

    assert found.played_seconds == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("level", [0.05, 0.9])
def test_level_is_evened_out(tmp_path: Path, level: float) -> None:
    """Quiet and loud speech come out at about the same level, unclipped; the measured level is the original's."""
    sound = sounds.speech(3, level=level)
    found, played = prepared(tmp_path, sound)

    assert found.level == pytest.approx(rms(sound), abs=1.5)
    assert rms(played) == pytest.approx(-20.0, abs=2.0)
    assert np.abs(played.astype(int)).max() < 32767


def test_silence_is_kept_whole_and_silent(tmp_path: Path) -> None:
    """A recording in which nobody speaks is neither trimmed away nor boosted to a roar."""
    hiss = np.random.default_rng(4).normal(0, 6, WIDE * 2).astype(np.int16)
    found, played = prepared(tmp_path, hiss)

    assert found.played_seconds == pytest.approx(2.0)
    assert found.level == -96.0
    assert rms(played) < -65


def test_the_waveform_is_that_of_what_is_played(tmp_path: Path) -> None:
    """Trimmed and levelled: no flat ends, and a quiet half stays lower than a loud one."""
    loud, quiet = sounds.speech(2, level=0.5, pause=2), sounds.speech(2, level=0.05)
    found, _ = prepared(tmp_path, np.concatenate([loud[: WIDE * 4], quiet]))

    assert max(found.peaks[:90]) > 4 * max(found.peaks[110:])
    assert max(found.peaks[:20]) > 10


def test_a_recording_of_one_frame_is_a_recording(tmp_path: Path) -> None:
    """Forty milliseconds are enough."""
    found, _ = prepared(tmp_path, sounds.speech(0.04))

    assert found.seconds == pytest.approx(0.04)
    assert len(found.peaks) == 200
