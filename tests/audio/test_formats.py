"""Recognition by the first bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.formats import FORMATS, recognise
from tests.audio import sounds


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"#!AMR\n\x3c", "amr"),
        (b"#!AMR-WB\n\x04", "amr-wb"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "wav"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "wav"),
        (b"RIFF\x10\0\0\0QLCMfmt ", "qcp"),
        (b"caff\0\1\0\0desc", "caf"),
        (b"OggS\0\2", "ogg"),
        (b"fLaC\0\0\0\x22", "flac"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "matroska"),
        (b"\0\0\0\x18ftyp3gp4\0\0\3\0isom3gp4", "3gp"),
        (b"\0\0\0\x14ftyp3g2a\0\0\0\x003g2a", "3gp"),
        (b"\0\0\0\x18ftypisom\0\0\2\0isom3gp5", "3gp"),
        (b"\0\0\0\x18ftypM4A \0\0\2\0M4A isom", "m4a"),
        (b"\0\0\0\x18ftypmp42\0\0\2\0mp42M4A ", "m4a"),
        (b"\0\0\0\x18ftypiso5\0\0\2\0iso5dash", "mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\2\0qt  ", "mov"),
        (b"\0\0\1\0moov\0\0\0\x6cmvhd", "mov"),
    ],
)
def test_a_magic_names_its_format(tmp_path: Path, head: bytes, name: str) -> None:
    """The first bytes decide, whatever the file is called."""
    path = tmp_path / "picture.png"
    path.write_bytes(head)

    assert recognise(path) is FORMATS[name]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"R",
        b"#!AMR is what this letter begins with",
        b"#!AMR_MC1.0\n",
        b"#EXTM3U\nhttp://127.0.0.1/a.mp3\n",
        b"ffconcat version 1.0\nfile 'a.wav'\n",
        b"RIFF\x10\0\0\0AVI LIST",
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\xff\xfeT\0e\0x\0t\0",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1",
        b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84else",
        b"ID3\4\0\0\0\0\0\x0aAAAAAAAAAAno frame follows the tag",
        b"%PDF-1.7",
        b"<?xml version='1.0'?><MPD/>",
    ],
)
def test_what_is_no_recording_is_not_recognised(tmp_path: Path, head: bytes) -> None:
    """Playlists, scripts, pictures, text and unknown kin of known containers are None."""
    path = tmp_path / "note.m4a"
    path.write_bytes(head)

    assert recognise(path) is None


def test_streams_without_a_magic_need_two_frames(tmp_path: Path) -> None:
    """MP3 and ADTS are told by two frame headers in a row, one is coincidence."""
    sound = sounds.speech(1)
    mp3 = sounds.encode(tmp_path / "a", "mp3", "libmp3lame", sound, 16_000, id3v2_version="0")
    adts = sounds.encode(tmp_path / "b", "adts", "aac", sound, 16_000)
    lone = tmp_path / "c"
    lone.write_bytes(mp3.read_bytes()[:4] + b"and then words, for as long as a frame would last" * 20)

    assert [recognise(path) for path in (mp3, adts, lone)] == [FORMATS["mp3"], FORMATS["aac"], None]


def test_an_mp3_behind_a_long_padded_tag_is_recognised(tmp_path: Path) -> None:
    """The ID3 tag is skipped, however long, and so is the padding behind it."""
    plain = sounds.encode(tmp_path / "a", "mp3", "libmp3lame", sounds.speech(1), 16_000, id3v2_version="0")
    tagged = tmp_path / "b"
    tagged.write_bytes(b"ID3\4\0\0\0\0\x40\0" + bytes(8192) + bytes(700) + plain.read_bytes())

    assert recognise(tagged) is FORMATS["mp3"]


def test_a_missing_file_is_the_machines_fault(tmp_path: Path) -> None:
    """What cannot be read raises OSError and is never called unrecognised."""
    with pytest.raises(FileNotFoundError):
        recognise(tmp_path / "gone")


MAGICS = st.sampled_from(
    [b"", b"RIFF....WAVE", b"ID3\4\0\0\0\0\0\0", b"\xff\xfb\x90\x64", b"\xff\xf1\x50\x80", b"....ftyp"]
)


@given(MAGICS, st.binary(max_size=300))
def test_any_bytes_have_an_answer(tmp_path_factory: pytest.TempPathFactory, magic: bytes, rest: bytes) -> None:
    """Recognition never raises on what a file holds."""
    path = tmp_path_factory.getbasetemp() / "bytes"
    path.write_bytes(magic + rest)

    assert recognise(path) in {None, *FORMATS.values()}
