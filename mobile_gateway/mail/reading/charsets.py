"""Bytes to text when the charset is unknown, missing or a lie; and text to one clean line."""

import re
from encodings import normalize_encoding
from encodings.aliases import aliases
from typing import Final

# Labels that mails use and Python does not know, and those whose superset is what is really meant.
_MEANT: Final = {
    "ascii": "utf_8",
    "us_ascii": "utf_8",
    "iso_8859_1": "cp1252",
    "iso8859_1": "cp1252",
    "latin_1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso_8859_8_i": "iso8859_8",
    "ks_c_5601_1987": "cp949",
    "shift_jis": "cp932",
    "x_sjis": "cp932",
    "x_gbk": "gb18030",
    "x_mac_roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode_1_1_utf_7": "utf_7",
    "utf8": "utf_8",
    "utf8mb4": "utf_8",
}
# No charsets, or (punycode, idna) ones that take quadratic time.
_NOT_TEXT: Final = frozenset(
    "base64_codec bz2_codec hex_codec quopri_codec rot_13 uu_codec zlib_codec mbcs punycode idna tactis".split()
)
_KNOWN: Final = frozenset(aliases) | frozenset(aliases.values())
_WIDE: Final = ("utf_16", "utf_32")

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Marks that turn the direction of writing can make "fdp.amr" look like "rma.pdf".
_TURNING: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def codec(label: str) -> str | None:
    """The Python codec for a charset label of MIME; None for an unknown one.

    Only names that are in Python's own table are looked up: the interpreter remembers every unknown one for ever.
    """
    if not label.isascii() or len(label) > 40:
        return None
    name = normalize_encoding(label.strip(" '\"\t")).lower()
    name = _MEANT.get(name, name)
    found = aliases.get(name, name)
    return found if found in _KNOWN and found not in _NOT_TEXT else None


def decoded(data: bytes, label: str = "") -> str:
    """The text: by the charset that is claimed if it fits, else as UTF-8, else as Windows-1252. Never raises."""
    claimed = codec(label)
    if claimed and claimed.startswith(_WIDE) and b"\0" not in data:
        claimed = None  # a lie: nobody writes whole pages of one script without a single line break or space
    for name in (claimed, "utf_8"):
        if name is None:
            continue
        try:
            return data.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Text with "\\n" as its line ends and without other control characters or halves of surrogate pairs."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, longest: int) -> str:
    """The text on one line, without control characters and marks that turn its direction, cut at `longest`."""
    spaced = " ".join(_TURNING.sub("", _UNPRINTABLE.sub(" ", text[: 4 * longest])).split())
    return spaced[:longest].rstrip()
