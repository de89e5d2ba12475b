"""Encoded words in headers (RFC 2047), as they are really written."""

import binascii
import re
from typing import Final

from mobile_gateway.mail.reading.charsets import codec, decoded, one_line

# Spaces inside a word are not allowed and common; the language of RFC 2231 after "*" is dropped.
_WORD: Final = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\r\n]{0,2000})\?=")
_ESCAPE: Final = re.compile(rb"=([0-9A-Fa-f]{2})")


def decode_words(text: str, longest: int = 500) -> str:
    """A header's text with its encoded words decoded, on one line and without control characters. Never raises."""
    pieces: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _WORD.finditer(text[: 8 * longest]):
        between = text[end : word.start()]
        apart = bool(between.strip()) or not end
        if apart or word[1].lower() != charset:
            # Writers cut in the middle of a character: neighbours of one charset are decoded as one.
            pieces.append(decoded(pending, charset))
            pending, charset = b"", word[1].lower()
        if apart:
            pieces.append(between)
        pending += _word_bytes(charset, word[2], word[3])
        end = word.end()
    pieces += [decoded(pending, charset), text[end : 8 * longest]]
    return one_line("".join(pieces), longest)


def _word_bytes(charset: str, encoding: str, encoded: str) -> bytes:
    # Letters that should have been encoded and were not.
    raw = encoded.encode(codec(charset) or "utf-8", "replace") if not encoded.isascii() else encoded.encode()
    if encoding in "qQ":
        return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), raw.replace(b"_", b" "))
    try:
        return binascii.a2b_base64(raw.rstrip(b"= ") + b"==")
    except binascii.Error:
        return raw
