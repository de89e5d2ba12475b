"""What the organisation has decided, as one value that is handed around."""

from dataclasses import dataclass, field

from server.domain.sentences import Language

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Policy:
    """The organisation's rules.

    longest_note     seconds of decoded sound
    largest_upload   bytes of one recording
    hidden_statuses  client statuses that nobody's lists, briefs or notes show
    note_required    kinds of activity that cannot be completed without a note
    encrypt_offline  whether the pocket app encrypts what it keeps on the device
    """

    longest_note: int = 3600
    largest_upload: int = 64 * MEGABYTE
    hidden_statuses: frozenset[str] = field(default_factory=frozenset)
    note_required: frozenset[str] = frozenset({"visit", "call", "meeting"})
    encrypt_offline: bool = True
    language: Language = "en"
    timezone: str = "America/Toronto"
    currency: str = "CAD"
