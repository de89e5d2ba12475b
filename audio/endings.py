"""Whether a file ends where its own structure says it should: a tail that is cut off decodes without any error."""

from collections.abc import Iterator

from audio.descriptors import Source

_MOST_ELEMENTS = 1000
_LARGEST_OGG_PAGE = 27 + 255 + 255 * 255
_UNKNOWN = 0xFFFFFFFF


def cut_short(source: Source, demuxer: str) -> bool:
    """True if the file certainly lacks its tail; False also where the format cannot tell (AMR, MP3, live WebM)."""
    if demuxer == "ogg":
        return _ogg_cut_short(source)
    ends = [end for _, end in _elements(source, demuxer)]
    return any(end > source.size for end in ends)


def has_element(source: Source, demuxer: str, wanted: bytes) -> bool:
    """Whether the box or chunk `wanted` begins somewhere at the top level of the file."""
    return any(name == wanted for name, _ in _elements(source, demuxer))


def _elements(source: Source, demuxer: str) -> Iterator[tuple[bytes, int]]:
    """Name and end of each top-level box (ISO 14496-12), RIFF chunk or CAF chunk; those of unknown size end at 0."""
    read = {"mov": _box, "wav": _riff_chunk, "qcp": _riff_chunk, "caf": _caf_chunk}.get(demuxer)
    position = {"wav": 12, "qcp": 12, "caf": 8}.get(demuxer, 0)
    for _ in range(_MOST_ELEMENTS if read else 0):
        source.seek(position)
        header = source.read(16)
        if read is None or len(header) < 8:
            return
        name, size = read(header)
        yield name, position + size if size else 0
        if size < 8:
            return
        position += size


def _box(header: bytes) -> tuple[bytes, int]:
    size = int.from_bytes(header[:4], "big")
    return header[4:8], int.from_bytes(header[8:16], "big") if size == 1 else size


def _riff_chunk(header: bytes) -> tuple[bytes, int]:
    size = int.from_bytes(header[4:8], "little")
    if header[:4] == b"data" and size in (0, _UNKNOWN):
        return header[:4], 0
    return header[:4], 8 + size


def _caf_chunk(header: bytes) -> tuple[bytes, int]:
    size = int.from_bytes(header[4:12], "big", signed=True)
    return header[:4], 12 + size if size >= 0 else 0


def _ogg_cut_short(source: Source) -> bool:
    """The last page (RFC 3533) says how long it is; junk without a page in it is no ending either."""
    start = source.seek(max(0, source.size - _LARGEST_OGG_PAGE))
    tail = source.read(_LARGEST_OGG_PAGE)
    page = tail.rfind(b"OggS")
    if page < 0 or len(tail) < page + 27:
        return True
    segments = tail[page + 27 : page + 27 + tail[page + 26]]
    return start + page + 27 + tail[page + 26] + sum(segments) > source.size
