"""What strangers send: nothing else is read, nothing is connected to, nothing is spent beyond the limits."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from audio.limits import Limits
from audio.recordings import Unreadable, prepare
from tests.audio import sounds


def refusal(source: Path, limits: Limits | None = None) -> str:
    """The code with which `source` is refused; asserts that nothing is left behind."""
    target = source.parent / "rendition" / "out.opus"
    target.parent.mkdir(exist_ok=True)
    with pytest.raises(Unreadable) as refused:
        prepare(source, target, limits)
    assert list(target.parent.iterdir()) == []
    return refused.value.code


def holding(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """A port on loopback where nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener


def playlists(canary: Path, port: int) -> dict[str, bytes]:
    url = f"http://127.0.0.1:{port}/a.mp3"
    return {
        "m3u": f"#EXTM3U\n#EXTINF:10,\n{url}\n".encode(),
        "hls": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{canary}\n#EXT-X-ENDLIST\n".encode(),
        "concat": f"ffconcat version 1.0\nfile '{canary}'\nfile '{url}'\n".encode(),
        "pls": f"[playlist]\nFile1={url}\nNumberOfEntries=1\n".encode(),
        "asx": f"<asx version='3.0'><entry><ref href='{url}'/></entry></asx>".encode(),
        "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio {port} RTP/AVP 0\n".encode(),
        "dash": f"<?xml version='1.0'?><MPD><BaseURL>{url}</BaseURL></MPD>".encode(),
        "quicktime reference": reference_movie(f"file://{canary}"),
        "quicktime link": reference_movie(url),
    }


def reference_movie(url: str) -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", 8 + len(body)) + name + body

    data = url.encode() + b"\0"
    reference = box(b"rdrf", struct.pack(">I4sI", 0, b"url ", len(data)) + data)
    return box(b"ftyp", b"qt  \0\0\2\0qt  ") + box(b"moov", box(b"rmra", box(b"rmda", reference)))


@pytest.mark.parametrize("kind", list(playlists(Path("a"), 1)))
def test_a_playlist_reads_no_file_and_calls_nobody(tmp_path: Path, trap: socket.socket, kind: str) -> None:
    """A list of addresses named like a recording is refused, and none of the addresses is visited."""
    canary = sounds.wav(tmp_path / "canary.wav", sounds.speech(1).tobytes())
    content = playlists(canary, trap.getsockname()[1])[kind]

    assert refusal(holding(tmp_path / "note.m4a", content)) in {"not-audio", "broken", "no-sound"}
    with pytest.raises(BlockingIOError):
        trap.accept()


def external_reference(tmp_path: Path, canary: Path) -> Path:
    """A QuickTime file whose sound lies, as it says, in `canary`."""
    movie = sounds.encode(tmp_path / "movie", "mov", "pcm_s16le", sounds.speech(1), 16_000).read_bytes()
    inside = b"\0\0\0\x0curl \0\0\0\1"
    assert inside in movie
    name = str(canary).encode()
    return holding(
        tmp_path / "note.mov", movie.replace(inside, struct.pack(">I", 12 + len(name)) + b"url \0\0\0\0" + name)
    )


def test_sound_in_another_file_is_not_fetched(tmp_path: Path) -> None:
    """A data reference to a file on this machine ends in a refusal."""
    canary = sounds.wav(tmp_path / "canary.wav", sounds.speech(1).tobytes())

    assert refusal(external_reference(tmp_path, canary)) in {"broken", "truncated", "no-sound", "unsupported"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"Call Mr Roy back about the second offer.\n" * 30, "not-audio"),
        (b"#!AMR\nCall Mr Roy back about the second offer.\n" * 30, "broken"),
        (b"#!AMR\n" + np.random.default_rng(5).bytes(5000), "broken"),
        (b"#!AMR\n" + bytes(5000), "broken"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(500), "not-audio"),
        (b"RIFF\x24\0\0\0WAVE", "broken"),
        (b"OggS" + bytes(500), "broken"),
        (b"fLaC" + bytes(500), "broken"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(500), "broken"),
        (b"\0\0\0\x18ftypM4A \0\0\2\0M4A isom", "truncated"),
    ],
)
def test_what_is_no_sound_is_refused_with_its_reason(tmp_path: Path, content: bytes, code: str) -> None:
    """The code says what is the matter, the sentence what to do."""
    assert refusal(holding(tmp_path / "note.amr", content)) == code


def test_an_m4a_without_its_index_is_truncated(tmp_path: Path) -> None:
    """A phone that dies before it writes the moov box leaves nothing that can be played."""
    whole = sounds.encode(tmp_path / "a", "ipod", "aac", sounds.speech(3), 16_000).read_bytes()

    assert refusal(holding(tmp_path / "note.m4a", whole[: whole.index(b"moov") - 4])) == "truncated"


def test_a_video_without_sound_has_no_sound(tmp_path: Path) -> None:
    """Pictures alone are told from a damaged recording."""
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(10):
            output.mux(stream.encode(VideoFrame(64, 64, "yuv420p")))
        output.mux(stream.encode(None))

    assert refusal(path) == "no-sound"


@pytest.mark.parametrize("rate", [1, 3_999, 192_001, 4_000_000_000])
def test_a_rate_no_ear_hears_is_refused(tmp_path: Path, rate: int) -> None:
    """A 1 Hz header would make an engine produce hours, a 4 GHz one would make it spin."""
    path = sounds.wav(tmp_path / "note.wav", sounds.speech(1).tobytes(), rate=rate)

    assert refusal(path) == ("broken" if rate >= 1 << 31 else "unsupported")


def test_a_header_that_claims_ten_gigabytes_is_broken(tmp_path: Path) -> None:
    """A definite claim far beyond both the file and the longest note is a forgery, not a lost tail."""
    sound = sounds.speech(1).tobytes()
    rf64 = sounds.encode(tmp_path / "a", "wav", "pcm_s16le", sounds.speech(1), 16_000, rf64="always").read_bytes()
    at = rf64.index(b"ds64") + 8
    claim = struct.pack("<QQQ", 10_000_000_100, 10_000_000_000, 5_000_000_000)

    assert refusal(holding(tmp_path / "b", rf64[:at] + claim + rf64[at + 24 :])) == "broken"
    assert refusal(sounds.wav(tmp_path / "c", sound, claim=4_000_000_000)) == "broken"


@pytest.mark.parametrize("claim", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_wav_that_was_streamed_claims_nothing(tmp_path: Path, claim: int) -> None:
    """Recorders that never learn the length leave 0 or a largest number; what is there is kept."""
    path = sounds.wav(tmp_path / "note.wav", sounds.speech(2).tobytes(), claim=claim)

    found = prepare(path, tmp_path / "out.opus")
    assert (found.seconds, found.complete) == (pytest.approx(2.0), True)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize("every", [1, 50])
def test_floats_that_are_no_sound_are_broken(tmp_path: Path, value: float, every: int) -> None:
    """NaN, infinities and numbers beyond any sound are counted, not encoded."""
    samples = (sounds.speech(1) / 32768).astype(np.float32)
    samples[::every] = value

    assert refusal(sounds.wav(tmp_path / "note.wav", samples.tobytes(), kind=3, bits=32)) == "broken"


@pytest.mark.parametrize(("kind", "bits"), [(np.float32, 32), (np.float64, 64)])
def test_a_single_bad_float_is_cleaned(tmp_path: Path, kind: type, bits: int) -> None:
    """One NaN in a second of speech costs one sample, not the recording."""
    samples = (sounds.speech(1) / 32768).astype(kind)
    samples[5000] = np.nan
    path = sounds.wav(tmp_path / "note.wav", samples.tobytes(), kind=3, bits=bits)

    found = prepare(path, tmp_path / "out.opus")
    assert found.seconds == pytest.approx(1.0)
    assert found.peak < -10


def test_twelve_hours_of_silence_stop_at_the_limit(tmp_path: Path) -> None:
    """A decompression bomb is decoded up to the longest note allowed, and no further."""
    bomb = sounds.silent_flac(tmp_path / "note.flac", 12)

    assert bomb.stat().st_size < 100_000
    assert refusal(bomb, Limits(longest=600)) == "too-long"


def test_a_long_amr_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """A megabyte of empty frames is hours long; the walk says so."""
    assert refusal(holding(tmp_path / "note.amr", b"#!AMR\n" + b"\x7c" * 1_000_000)) == "too-long"


def test_the_longest_note_itself_is_accepted(tmp_path: Path) -> None:
    """A phone that stops by itself stops a little late: one second of grace."""
    path = sounds.wav(tmp_path / "note.wav", sounds.speech(3.9).tobytes())

    assert prepare(path, tmp_path / "out.opus", Limits(longest=3)).seconds == pytest.approx(3.9)
    assert refusal(path, Limits(longest=2)) == "too-long"


@pytest.mark.parametrize(
    "limits",
    [Limits(memory=100 << 20), Limits(file_bytes=100_000), Limits(cpu=1), Limits(wall=0.2)],
    ids=["memory", "file size", "processor", "clock"],
)
def test_each_limit_ends_the_work(tmp_path: Path, limits: Limits) -> None:
    """Memory, size of files, processor time and time by the clock are bounded one by one."""
    minute = np.tile(sounds.speech(10, 48_000), 30)
    path = sounds.wav(tmp_path / "note.wav", minute.tobytes(), rate=48_000)

    assert refusal(path, limits) == "limits"


@pytest.mark.parametrize(
    ("container", "codec", "options"),
    [
        ("amr", "libopencore_amrnb", {}),
        ("wav", "pcm_s16le", {}),
        ("wav", "adpcm_ms", {}),
        ("flac", "flac", {}),
        ("ogg", "libopus", {}),
        ("adts", "aac", {}),
        ("caf", "pcm_s16be", {}),
        ("ipod", "aac", {"movflags": "+faststart"}),
        ("mp4", "aac", {"movflags": "+frag_keyframe+empty_moov", "frag_duration": "500000"}),
    ],
)
def test_a_broken_tail_costs_the_tail(tmp_path: Path, container: str, codec: str, options: dict[str, str]) -> None:
    """What decodes before the cut is kept, and the recording says that it is not whole."""
    rate = 8_000 if "amr" in codec else 48_000
    whole = sounds.encode(tmp_path / "a", container, codec, sounds.speech(5, rate), rate, **options).read_bytes()

    found = prepare(holding(tmp_path / "note", whole[: len(whole) * 6 // 10]), tmp_path / "out.opus")
    assert found.seconds == pytest.approx(3.0, abs=0.3)
    assert not found.complete
    assert "kept" in found.remark


def test_damage_in_the_middle_costs_the_middle(tmp_path: Path) -> None:
    """Packets that do not decode are skipped, those behind them kept."""
    whole = bytearray(sounds.encode(tmp_path / "a", "adts", "aac", sounds.speech(5), 16_000).read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 1500] = bytes(1500)

    found = prepare(holding(tmp_path / "note.aac", bytes(whole)), tmp_path / "out.opus")
    assert 4.0 < found.seconds < 5.1
    assert not found.complete
