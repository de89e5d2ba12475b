"""Notices to a phone whose app is closed: what they may say, and which services may carry them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from server.domain.errors import Invalid
from server.domain.sentences import Language

LONGEST_ENDPOINT: Final = 1000
# The push services of Chrome and Edge, Firefox, Safari and Windows: a device cannot have us call any other place.
SERVICES: Final = ("fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")


class PushKind(StrEnum):
    """`brief`: the next meeting's client. `question`: a note of which nobody knows whose it is."""

    BRIEF = "brief"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser's address at its push service, and the keys that only it can read under (RFC 8291), in base64url."""

    endpoint: str
    p256dh: str
    auth: str


def check_endpoint(endpoint: str) -> None:
    """Raises Invalid for an address that is not at one of the browsers' own push services."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    known = any(host == service or host.endswith(f".{service}") for service in SERVICES)
    plain = parts.scheme == "https" and port in (None, 443) and not parts.username
    if not (known and plain) or len(endpoint) > LONGEST_ENDPOINT:
        raise Invalid(field="endpoint", reason="not an address at a browser's push service")


def neutral_text(kind: str, language: Language) -> str:
    """What a locked screen may show to anybody: no client, no name."""
    english, french = TEXTS[PushKind(kind)]
    return french if language == "fr" else english


TEXTS: Final = {
    PushKind.BRIEF: ("Your next meeting: the brief is ready.", "Votre prochaine rencontre : la fiche est prête."),
    PushKind.QUESTION: (
        "Which client was it? A note waits for your word.",
        "Quel client était-ce? Une note attend votre réponse.",
    ),
}
