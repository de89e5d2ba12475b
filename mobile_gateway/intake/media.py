"""Which content types can hold a recording."""

from typing import Final

FORM: Final = "multipart/form-data"
URLENCODED: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
UNKNOWN: Final = "application/octet-stream"

# What phones and browsers have been seen to call a recording, besides audio/* and video/*.
_ALSO: Final = frozenset(
    {"", UNKNOWN, "application/ogg", "application/x-ogg", "application/mp4", "binary/octet-stream"}
)


def essence(content_type: str | None) -> str:
    """The type without its parameters, in lower case."""
    return (content_type or "").split(";")[0].strip().lower()


def may_be_audio(content_type: str | None) -> bool:
    """Whether bytes of this claimed type are worth keeping; what they are is found out by looking at them."""
    kind = essence(content_type)
    return kind in _ALSO or kind.startswith(("audio/", "video/"))
