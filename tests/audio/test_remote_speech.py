"""The remote engine against a real server: what it is asked, what it may answer, and what is made of that."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audio.engines.remote import RemoteTranscriber
from audio.speech import EngineFault, Hints, Refused, Segment, Unfinished
from tests.speech_server import SpeechServer, speech_server, verbose

HINTS = Hints(4.0, "fr", ("Garage Roy", "Hardware Smith"))


@pytest.fixture(scope="module")
def server() -> Iterator[SpeechServer]:
    """A speech server."""
    with speech_server() as running:
        yield running


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Bytes that the server does not look into."""
    path = tmp_path / "note.ogg"
    path.write_bytes(b"OggS" + bytes(1000))
    return path


def test_segments_come_with_their_times_and_figures(server: SpeechServer, recording: Path) -> None:
    """A verbose answer becomes segments; the names went along as a prompt, the language did not."""
    figures = {"no_speech_prob": 0.1, "avg_logprob": -0.2, "compression_ratio": 1.3}
    server.will_say(verbose((0.5, 2.0, "Passé chez Roy."), language="french", **figures))
    heard = RemoteTranscriber(f"{server.url}/v1/", "key", "large-v3").transcribe(recording, HINTS)
    assert heard.segments == (Segment(0.5, 2.0, "Passé chez Roy.", "fr", 0.1, -0.2, 1.3),)
    (asked,) = server.asked
    assert (asked["bytes"], asked["magic"], asked["key"]) == (1004, "OggS", "Bearer key")
    assert (asked["model"], asked["response_format"]) == ("large-v3", "verbose_json")
    assert asked["prompt"] == "Garage Roy, Hardware Smith"
    assert "language" not in asked


def test_a_third_language_is_asked_for_again_as_the_speaker_s_own(server: SpeechServer, recording: Path) -> None:
    """A server that takes French through a bad microphone for Galician is told that it is French."""
    server.will_say(verbose((0, 1, "Pasei por Roy."), language="gl"), verbose((0, 1, "Passé par Roy.")))
    heard = RemoteTranscriber(server.url).transcribe(recording, HINTS)
    assert [(piece.text, piece.language) for piece in heard.segments] == [("Passé par Roy.", "fr")]
    assert [asked.get("language") for asked in server.asked] == [None, "fr"]


def test_a_model_without_segments_is_asked_for_plain_text(server: SpeechServer, recording: Path) -> None:
    """One that refuses the verbose form is asked for the plain one at once, and from then on."""
    plain = {"json": {"text": "Passé chez Roy."}}
    server.will_say({"status": 400}, plain)
    engine = RemoteTranscriber(server.url)
    assert engine.transcribe(recording, HINTS).segments == (Segment(0.0, 4.0, "Passé chez Roy.", sureness=-1.0),)
    engine.transcribe(recording, HINTS)
    assert [asked["response_format"] for asked in server.asked] == ["verbose_json", "json", "json"]


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_refusal_of_the_recording_is_final(server: SpeechServer, recording: Path, status: int) -> None:
    """What the server will not take it will not take tomorrow."""
    server.will_say({"status": status})
    with pytest.raises(Refused, match=f"HTTP {status}"):
        RemoteTranscriber(server.url).transcribe(recording, HINTS)


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "CALEPIN_SPEECH_KEY"), (404, "CALEPIN_SPEECH_URL"), (302, "again"), (429, "again"), (500, "again")],
)
def test_trouble_of_the_server_is_for_later(server: SpeechServer, recording: Path, status: int, remedy: str) -> None:
    """A wrong key, a wrong address, too many requests and errors of its own say nothing about the recording."""
    server.will_say({"status": status})
    with pytest.raises(EngineFault, match=remedy) as fault:
        RemoteTranscriber(server.url).transcribe(recording, HINTS)
    assert not isinstance(fault.value, Unfinished)


@pytest.mark.parametrize(
    "answer",
    [
        {"raw": "<html>It works!</html>"},
        {"raw": ""},
        {"raw": "[" * 100_000},
        {"json": ["text"]},
        {"json": {"text": None}},
        {"size": 9 << 20},
    ],
    ids=["html", "nothing", "nested", "list", "no text", "huge"],
)
def test_an_answer_that_is_no_transcript_is_an_unfinished_one(
    server: SpeechServer, recording: Path, answer: dict[str, object]
) -> None:
    """Garbage, and more than a transcript can be, are no transcript and crash nothing."""
    server.will_say(answer)
    with pytest.raises(Unfinished, match="CALEPIN_SPEECH_URL"):
        RemoteTranscriber(server.url).transcribe(recording, HINTS)


def test_figures_and_segments_that_are_none_are_made_harmless(server: SpeechServer, recording: Path) -> None:
    """Times beyond the recording are brought within it; segments without a text are left out."""
    segments = [
        {"start": -3, "end": 1e9, "text": "Un", "no_speech_prob": "high", "avg_logprob": True},
        {"start": None, "text": "Deux"},
        {"text": 3},
        "Trois",
    ]
    server.will_say({"json": {"text": "Un Deux", "language": 7, "segments": segments}})
    heard = RemoteTranscriber(server.url).transcribe(recording, HINTS)
    assert heard.segments == tuple(Segment(0.0, 4.0, text, sureness=-1.0) for text in ("Un", "Deux"))


def test_a_server_that_takes_too_long_is_for_later(server: SpeechServer, recording: Path) -> None:
    """It is waited for as long as the recording lasts and a little more."""
    server.will_say({"wait": 3.0, "json": {"text": "Trop tard."}})
    with pytest.raises(EngineFault, match="in time"):
        RemoteTranscriber(server.url, least=0.2).transcribe(recording, Hints(0.1))


def test_a_server_that_is_not_there_is_for_later(recording: Path) -> None:
    """The sentence says where to look."""
    with pytest.raises(EngineFault, match="CALEPIN_SPEECH_URL"):
        RemoteTranscriber("http://127.0.0.1:9").transcribe(recording, HINTS)


@pytest.mark.parametrize("url", ["ftp://host", "http://", "host:8000"])
def test_an_address_that_is_none_is_refused_at_once(url: str) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match="https://"):
        RemoteTranscriber(url)
