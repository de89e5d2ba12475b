"""Renditions made from the Opus file."""

from pathlib import Path

import pytest

from audio.formats import recognise
from audio.recordings import Rendition, Unreadable, prepare, render
from tests.audio import sounds


@pytest.fixture
def opus(tmp_path: Path) -> Path:
    """Three seconds of speech, prepared from a recording with dead air around it."""
    source = sounds.wav(tmp_path / "in", sounds.speech(3, pause=2).tobytes())
    prepare(source, tmp_path / "kept.opus")
    return tmp_path / "kept.opus"


@pytest.mark.parametrize(
    ("rendition", "name", "media_type", "suffix"),
    [
        (Rendition.OPUS, "ogg", "audio/ogg; codecs=opus", ".opus"),
        (Rendition.AAC, "m4a", "audio/mp4", ".m4a"),
        (Rendition.MP3, "mp3", "audio/mpeg", ".mp3"),
        (Rendition.AMR, "amr", "audio/amr", ".amr"),
    ],
)
def test_each_rendition_plays_what_the_opus_plays(
    tmp_path: Path, opus: Path, rendition: Rendition, name: str, media_type: str, suffix: str
) -> None:
    """Same editing, same duration, its own container, the size returned."""
    target = tmp_path / f"out{rendition.suffix}"

    size = render(opus, target, rendition)

    found = recognise(target)
    assert found is not None
    assert (found.name, rendition.media_type, rendition.suffix) == (name, media_type, suffix)
    assert size == target.stat().st_size > 1000
    assert prepare(target, tmp_path / "again.opus").seconds == pytest.approx(3.5, abs=0.1)


def test_the_index_of_an_m4a_comes_first(tmp_path: Path, opus: Path) -> None:
    """An old player starts before it has the whole file."""
    render(opus, tmp_path / "out.m4a", Rendition.AAC)
    content = (tmp_path / "out.m4a").read_bytes()

    assert content.index(b"moov") < content.index(b"mdat")


def test_an_amr_is_the_plain_narrowband_form(tmp_path: Path, opus: Path) -> None:
    """Magic line, then frames of 12.2 kbit/s."""
    render(opus, tmp_path / "out.amr", Rendition.AMR)

    assert (tmp_path / "out.amr").read_bytes().startswith(b"#!AMR\n\x3c")


def test_an_existing_rendition_is_replaced_whole(tmp_path: Path, opus: Path) -> None:
    """A second run leaves one file, no scraps."""
    folder = tmp_path / "renditions"
    folder.mkdir()
    sizes = [render(opus, folder / "a.mp3", Rendition.MP3) for _ in range(2)]

    assert sizes[0] == sizes[1]
    assert [path.name for path in folder.iterdir()] == ["a.mp3"]


def test_a_failed_rendition_leaves_the_old_one(tmp_path: Path, opus: Path) -> None:
    """What is refused replaces nothing."""
    target = tmp_path / "a.mp3"
    render(opus, target, Rendition.MP3)
    before = target.read_bytes()
    opus.write_bytes(b"OggS" + bytes(100))

    with pytest.raises(Unreadable):
        render(opus, target, Rendition.MP3)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*"))
