"""Where a file should end by its own structure: a tail that is cut off decodes without any error."""

from collections.abc import Iterator

from audio.descriptors import Source

_MOST_ELEMENTS = 1000
_LARGEST_OGG_PAGE = 27 + 255 + 255 * 255
# Recorders that stream leave one of these for a length that they never learn.
_UNKNOWN = (range(1), range(0x7FFF_0000, 0x8000_0001), range(0xFFFF_FFFF, 0x1_0000_0000))


def claimed_size(source: Source, demuxer: str) -> int:
    """Bytes that the structure asks for, never less than the file has; what a format cannot tell (AMR, MP3, live
    WebM) is taken to be whole."""
    if demuxer == "ogg":
        return max(source.size, _ogg_end(source))
    return max([source.size, *(end for _, end in _elements(source, demuxer))])


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
    if header[:4] == b"data" and any(size in unknown for unknown in _UNKNOWN):
        return header[:4], 0
    return header[:4], 8 + size


def _caf_chunk(header: bytes) -> tuple[bytes, int]:
    size = int.from_bytes(header[4:12], "big", signed=True)
    return header[:4], 12 + size if size >= 0 else 0


def _ogg_end(source: Source) -> int:
    """The last page (RFC 3533) says how long it is; where its header is cut, at least a byte is missing."""
    start = source.seek(max(0, source.size - _LARGEST_OGG_PAGE))
    tail = source.read(_LARGEST_OGG_PAGE)
    page = tail.rfind(b"OggS")
    if page < 0 or len(tail) < page + 27:
        return source.size + 1
    segments = tail[page + 27 : page + 27 + tail[page + 26]]
    return start + page + 27 + tail[page + 26] + sum(segments)
