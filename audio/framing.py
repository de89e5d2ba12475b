"""Frame headers of the formats that have no magic of their own: MPEG layer III, ADTS, and the ID3 tag before them."""

from collections.abc import Iterator

_MPEG1_KBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBITS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_MPEG1 = 3
_LAYER_3 = 1
_ADTS_HEADER = 7


def id3_size(head: bytes) -> int:
    """Bytes taken by the ID3v2 tag that `head` starts with, 0 if there is none."""
    if len(head) < 10 or not head.startswith(b"ID3") or any(byte & 0x80 for byte in head[6:10]):
        return 0
    return 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])


def sync_positions(head: bytes) -> Iterator[int]:
    """Where an MPEG audio frame could begin."""
    position = head.find(b"\xff")
    while position >= 0:
        yield position
        position = head.find(b"\xff", position + 1)


def mp3_frame_size(header: bytes) -> int | None:
    """Bytes of the MPEG layer III frame (ISO 11172-3, 13818-3 and the 2.5 extension) with this header."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    kbits_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version not in _RATES or layer != _LAYER_3 or rate_index == 3 or not 1 <= kbits_index <= 14:
        return None
    kbits = (_MPEG1_KBITS if version == _MPEG1 else _MPEG2_KBITS)[kbits_index]
    slots = 144 if version == _MPEG1 else 72
    return slots * 1000 * kbits // _RATES[version][rate_index] + padding


def starts_with_mp3(head: bytes) -> bool:
    """Two layer III frames in a row, or a single one that is the whole file."""
    size = mp3_frame_size(head[:4])
    return size is not None and (len(head) == size or mp3_frame_size(head[size : size + 4]) is not None)


def starts_with_adts(head: bytes) -> bool:
    """Two ADTS frames (ISO 13818-7) in a row, or a single one that is the whole file."""
    size = _adts_frame_size(head)
    return size is not None and (len(head) == size or _adts_frame_size(head[size:]) is not None)


def _adts_frame_size(head: bytes) -> int | None:
    if len(head) < _ADTS_HEADER or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return None
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if size > _ADTS_HEADER else None
