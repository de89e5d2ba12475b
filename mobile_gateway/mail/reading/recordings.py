"""Which part is a recording, and what a file may be called."""

import re
from typing import Final

from mobile_gateway.mail.reading.charsets import one_line

_BY_SUFFIX: Final = {
    "3ga": "audio/3gpp",
    "3gp": "audio/3gpp",
    "3gpp": "audio/3gpp",
    "3g2": "audio/3gpp2",
    "aac": "audio/aac",
    "aif": "audio/aiff",
    "aiff": "audio/aiff",
    "amr": "audio/amr",
    "awb": "audio/amr-wb",
    "au": "audio/basic",
    "caf": "audio/x-caf",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mka": "audio/x-matroska",
    "mp3": "audio/mpeg",
    "mp4": "audio/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "qcp": "audio/qcelp",
    "snd": "audio/basic",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "webm": "audio/webm",
    "wma": "audio/x-ms-wma",
}
_ALSO: Final = frozenset({"application/ogg", "application/x-ogg", "application/mp4"})
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_LONGEST: Final = 100


def recording_type(claimed: str, name: str) -> str | None:
    """The media type of a recording: the claimed one, or else by the name's suffix. None for what is no recording.

    A suffix decides against every claim that is not sound or film: old phones and gateways send recordings as text
    and as images.
    """
    if claimed.startswith(("audio/", "video/")) or claimed in _ALSO:
        return claimed
    return _BY_SUFFIX.get(name.rpartition(".")[2].lower()) if "." in name else None


def clean_name(name: str) -> str:
    """A file name without folders, control characters and what no file system wants; its suffix survives cutting."""
    flat = one_line(name, 1_000).replace("\\", "/").rpartition("/")[2]
    safe = _FORBIDDEN.sub("_", flat).strip(". ")
    stem, dot, suffix = safe.rpartition(".")
    if len(safe) > _LONGEST and dot and len(suffix) <= 10:
        return f"{stem[: _LONGEST - len(suffix) - 1]}.{suffix}"
    return safe[:_LONGEST]
