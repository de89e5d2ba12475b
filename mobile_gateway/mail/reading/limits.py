"""How much of a mail is read. What is beyond is left out, and said in the mail's faults."""

from dataclasses import dataclass, field
from typing import Final

from server.domain.mails import Fault, FaultKind

LARGEST: Final = 70 * 1024 * 1024  # bytes of a mail; of a larger one only the headers are read
MOST_DECODED: Final = 80 * 1024 * 1024  # bytes after transfer decoding, all parts together
HEADER_BYTES: Final = 2 * 1024 * 1024  # bytes of headers, all parts together
MOST_FIELDS: Final = 5_000  # header fields, all parts together
FIELD_BYTES: Final = 32 * 1024  # bytes of one header field
MOST_DEPTH: Final = 20  # containers inside one another
MOST_PARTS: Final = 1_000
MOST_DELIMITER_LINES: Final = 20_000  # lines that begin with "--"
MOST_RECORDINGS: Final = 50
MOST_CALENDARS: Final = 10
TEXT_BYTES: Final = 256 * 1024  # bytes of text, all parts together
CALENDAR_BYTES: Final = 512 * 1024
UUENCODED_BYTES: Final = 32 * 1024 * 1024  # encoded; decoded line by line, which is slow
MOST_ADDRESSES: Final = 100
MOST_TRACE: Final = 200
MOST_FAULTS: Final = 50


@dataclass(slots=True)
class Allowance:
    """What may still be read of one mail, and what was wrong so far."""

    header_bytes: int = HEADER_BYTES
    fields: int = MOST_FIELDS
    parts: int = MOST_PARTS
    decoded: int = MOST_DECODED
    text: int = TEXT_BYTES
    uuencoded: int = UUENCODED_BYTES
    _faults: dict[Fault, None] = field(default_factory=dict)

    def fault(self, kind: FaultKind, detail: str = "") -> None:
        """Note a fault, once."""
        if len(self._faults) < MOST_FAULTS:
            self._faults[Fault(kind, detail[:100])] = None

    def may_decode(self, size: int, detail: str = "") -> bool:
        """Whether `size` more bytes may come out of decoding; a fault if not."""
        if size > self.decoded:
            self.fault(FaultKind.TOO_MUCH_DECODED, detail)
            return False
        self.decoded -= size
        return True

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was wrong, in the order in which it was found."""
        return tuple(self._faults)
