"""What a recording is, told from its first bytes and never from its name."""

import os
from dataclasses import dataclass
from pathlib import Path

from audio import amr, framing

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A container that Calepin reads: how it is served, which demuxer is forced on it, which decoders may run.

    `declares_length` tells that its header states the duration, so that a missing tail can be noticed.
    """

    name: str
    media_type: str
    suffix: str
    demuxer: str
    decoders: tuple[str, ...]
    declares_length: bool = False


_AMR = ("libopencore_amrnb", "libopencore_amrwb")
_PCM = ("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_mulaw", "pcm_alaw")
_PCM_BE = ("pcm_s8", "pcm_s16be", "pcm_s24be", "pcm_s32be", "pcm_f32be", "pcm_f64be")
_MP3 = ("mp3float", "mp3")
_OGG = ("opus", "libopus", "vorbis", "speex", "flac")
_MOV = ("aac", "alac", "adpcm_ima_qt", "qcelp", "gsm", "ac3", *_AMR, *_MP3, *_OGG, *_PCM, *_PCM_BE)
_WAV = ("adpcm_ms", "adpcm_ima_wav", "gsm_ms", *_PCM, *_MP3)

FORMATS = {
    known.name: known
    for known in (
        Format("amr", "audio/amr", ".amr", "amr", _AMR[:1]),
        Format("amr-wb", "audio/amr-wb", ".awb", "amr", _AMR[1:]),
        Format("qcp", "audio/qcelp", ".qcp", "qcp", ("qcelp", "evrc")),
        Format("3gp", "audio/3gpp", ".3gp", "mov", _MOV, True),
        Format("m4a", "audio/mp4", ".m4a", "mov", _MOV, True),
        Format("mp4", "audio/mp4", ".mp4", "mov", _MOV, True),
        Format("mov", "video/quicktime", ".mov", "mov", _MOV, True),
        Format("caf", "audio/x-caf", ".caf", "caf", _MOV, True),
        Format("ogg", "audio/ogg", ".ogg", "ogg", _OGG),
        Format("webm", "audio/webm", ".webm", "matroska", _OGG),
        Format("matroska", "audio/x-matroska", ".mka", "matroska", ("aac", "alac", *_OGG, *_MP3, *_PCM)),
        Format("mp3", "audio/mpeg", ".mp3", "mp3", _MP3),
        Format("aac", "audio/aac", ".aac", "aac", ("aac",)),
        Format("flac", "audio/flac", ".flac", "flac", ("flac",), True),
        Format("wav", "audio/wav", ".wav", "wav", _WAV, True),
    )
}

_BRANDS_3GP = (b"3gp", b"3g2", b"3gr", b"3gs", b"3ge", b"3gg", b"3gt", b"kdd")
_BRANDS_M4A = (b"M4A ", b"M4B ", b"M4P ")
_BRANDS_MP4 = (b"iso", b"mp41", b"mp42", b"mp71", b"MSNV", b"avc1", b"dash", b"M4V", b"F4A", b"F4V", b"mmp4", b"NDS")
_QUICKTIME_BOXES = (b"moov", b"mdat", b"wide")


def recognise(path: Path) -> Format | None:
    """The format of the file at `path`, or None if it is not a recording (playlists, text, pictures, empty files).

    Raises OSError if the file cannot be read. Names are never looked at.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        head = os.pread(descriptor, _HEAD, 0)
        tag = framing.id3_size(head)
        name = _name_after_tag(os.pread(descriptor, _HEAD, tag)) if tag else _name(head)
    finally:
        os.close(descriptor)
    return FORMATS[name] if name else None


def _name(head: bytes) -> str | None:
    for magic, name in _PREFIXES:
        if head.startswith(magic):
            return name
    if head[:4] in (b"RIFF", b"RF64", b"BW64"):
        return {b"WAVE": "wav", b"QLCM": "qcp"}.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _matroska_kind(head)
    if head[4:8] == b"ftyp":
        return _iso_kind(head)
    if head[4:8] in _QUICKTIME_BOXES:
        return "mov"
    if framing.starts_with_adts(head):
        return "aac"
    return "mp3" if framing.starts_with_mp3(head) else None


_PREFIXES = (
    (amr.MAGIC, "amr"),
    (amr.MAGIC_WB, "amr-wb"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"caff", "caf"),
)


def _name_after_tag(head: bytes) -> str | None:
    if head.startswith(b"fLaC"):
        return "flac"
    if framing.starts_with_adts(head):
        return "aac"
    # Taggers pad: the first frame may come a little later.
    return "mp3" if any(framing.starts_with_mp3(head[i:]) for i in framing.sync_positions(head)) else None


def _matroska_kind(head: bytes) -> str | None:
    for kind in ("webm", "matroska"):
        if kind.encode() in head[:256]:
            return kind
    return None


def _iso_kind(head: bytes) -> str | None:
    """Which of the ISO family the brands name; phones put `isom` first and the telling brand behind it."""
    size = min(int.from_bytes(head[:4], "big"), 512)
    brands = [head[8:12], *(head[i : i + 4] for i in range(16, size - 3, 4))]
    if brands[0] == b"qt  ":
        return "mov"
    if not brands[0].startswith((*_BRANDS_3GP, *_BRANDS_M4A, *_BRANDS_MP4)):
        return None
    for brand in brands:
        if brand.startswith(_BRANDS_3GP):
            return "3gp"
        if brand in _BRANDS_M4A:
            return "m4a"
    return "mp4"
