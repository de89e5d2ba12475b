"""One recording on its way into a temporary file."""

from typing import Final

from server.domain.errors import TooLarge
from server.domain.policy import Policy
from server.domain.upload_limits import HEAD, largest
from server.usecases.notes import Incoming, Upload

LONGEST_TYPE: Final = 100


class RecordingWriter:
    """Writes chunks as they come and refuses the first byte beyond the limit."""

    def __init__(self, incoming: Incoming, policy: Policy, claimed_type: str) -> None:
        self._incoming = incoming
        self._policy = policy
        self._head = b""
        self._limit, self._limit_in_words = largest(b"", policy)
        self.claimed_type = claimed_type[:LONGEST_TYPE]

    def write(self, chunk: bytes) -> None:
        """Append; raises TooLarge at the limit, OSError when the disk is full."""
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
            self._limit, self._limit_in_words = largest(self._head, self._policy)
        if self._incoming.size + len(chunk) > self._limit:
            raise TooLarge(limit=self._limit_in_words)
        self._incoming.write(chunk)

    def finish(self) -> Upload:
        """Force it to the disk; what is returned can be kept."""
        return Upload(self._incoming, self._incoming.sync(), self.claimed_type)
