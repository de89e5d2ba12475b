"""The values that the requests of an upload carry."""

import base64
from hashlib import sha1, sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import ChecksumMismatch, Malformed, TooLarge
from server.domain.uploads import content_of, media_type, read_checksum, read_length, read_metadata, read_number

KEYS = st.text(st.characters(codec="ascii", min_codepoint=33, exclude_characters=",\x7f"), min_size=1, max_size=20)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@given(st.dictionaries(KEYS, st.text(max_size=50), max_size=8))
def test_metadata_come_back_as_they_were_said(fields: dict[str, str]) -> None:
    """Whatever keys and texts a client encodes as tus has it, they are read as they were."""
    said = ",".join(f"{key} {encoded(value)}" if value else key for key, value in fields.items())
    assert read_metadata(said) == fields


@given(st.text(max_size=200))
def test_any_text_is_metadata_or_malformed(text: str) -> None:
    """Nothing that stands in the header brings down what reads it."""
    try:
        fields = read_metadata(text)
    except Malformed:
        return
    assert all(isinstance(value, str) for value in fields.values())


@pytest.mark.parametrize(
    "said",
    ["client !!!", "client QzE", "client QzE=,client QzE=", ",", "client QzE=,", " ", "\xe9 QzE=", "client /w=="],
    ids=["no base64", "no padding", "twice", "no key", "an empty pair", "blank", "no ASCII", "no UTF-8"],
)
def test_what_is_no_metadata_is_malformed(said: str) -> None:
    """Each is refused with the header's name, but a blank header says nothing."""
    if not said.strip():
        assert read_metadata(said) == {}
        return
    with pytest.raises(Malformed) as refused:
        read_metadata(said)
    assert refused.value.values["field"] == "Upload-Metadata"


def test_metadata_have_a_limit() -> None:
    """More than 32 KB are refused unread."""
    with pytest.raises(Malformed):
        read_metadata("text " + encoded("x" * 40_000))


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1e3", "0x10", "１", "9" * 19, "1 ", "nan"])
def test_a_length_is_a_whole_number(text: str) -> None:
    """Negative, broken, absurd or not of plain figures: malformed."""
    with pytest.raises(Malformed):
        read_number(text, "Upload-Length")


def test_a_length_has_a_limit() -> None:
    """The largest upload itself is taken, a byte more is not."""
    assert read_length("5000", 5000) == 5000
    with pytest.raises(TooLarge):
        read_length("5001", 5000)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"filetype": "audio/webm;codecs=opus"}, "audio/webm"),
        ({"type": "Audio/AMR", "filename": "a.wav"}, "audio/amr"),
        ({"filename": "Memo 1.M4A"}, "audio/mp4"),
        ({"name": "memo.3gp"}, "audio/3gpp"),
        ({"filename": "memo"}, ""),
        ({"filename": "memo.exe"}, ""),
        ({}, ""),
    ],
)
def test_the_type_is_what_is_claimed_or_what_the_name_tells(fields: dict[str, str], kind: str) -> None:
    """`filetype` before `type` before the suffix; unknown is empty, and the bytes will tell."""
    assert media_type(fields) == kind


def test_a_checksum_holds_for_its_bytes_only() -> None:
    """sha1 and sha256, base64; other bytes are refused."""
    for name, digest in (("sha1", sha1(b"abc", usedforsecurity=False).digest()), ("sha256", sha256(b"abc").digest())):
        checksum = read_checksum(f"{name} {base64.b64encode(digest).decode()}")
        checksum.check(digest)
        with pytest.raises(ChecksumMismatch):
            checksum.check(b"other")


@pytest.mark.parametrize("text", ["", "md5 AAAA", "sha1", "sha1 !", "sha256 AAAA", "sha1  ", "SHA1 AAAA"])
def test_what_is_no_checksum_is_malformed(text: str) -> None:
    """Unknown algorithms, what is not base64, and digests of another size."""
    with pytest.raises(Malformed):
        read_checksum(text)


def test_a_repeated_creation_is_the_same_although_the_clock_went_on() -> None:
    """The digest leaves out what the device's clock says now, and nothing else."""
    first = content_of({"client": "C1", "device_time": "2026-11-24T10:00:00Z"}, "audio/amr", 10)
    assert content_of({"device_time": "2026-11-24T10:05:00Z", "client": "C1"}, "audio/amr", 10) == first
    assert content_of({"client": "C2"}, "audio/amr", 10) != first
    assert content_of({"client": "C1"}, "audio/amr", 11) != first
