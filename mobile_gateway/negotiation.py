"""Which of several forms a request wants: RFC 9110 section 12.5.1, kept to what devices send."""

from collections.abc import Mapping


def preferred(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """The key of the offer that the Accept header likes best, the first of equals; None when it likes none.

    `offers` maps a key to its media type, the server's favourite first. No header means anything will do.
    """
    if not accept or not accept.strip():
        return next(iter(offers), None)
    ranges = [_range(part) for part in accept.split(",")[:64]]
    best: tuple[float, int] | None = None
    chosen = None
    for position, (key, media_type) in enumerate(offers.items()):
        quality = _quality(media_type, ranges)
        if quality > 0 and (best is None or (quality, -position) > best):
            best, chosen = (quality, -position), key
    return chosen


def _range(part: str) -> tuple[str, float]:
    media, *parameters = part.split(";")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "q":
            quality = _number(value)
    return media.strip().lower(), quality


def _number(value: str) -> float:
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    kind = media_type.split(";", maxsplit=1)[0].strip().lower()
    family = kind.split("/")[0] + "/*"
    # The most specific range decides, whatever the order they came in.
    for wanted in (kind, family, "*/*"):
        found = [quality for media, quality in ranges if media == wanted]
        if found:
            return max(found)
    return 0.0
