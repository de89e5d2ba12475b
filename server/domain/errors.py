"""What can go wrong, as the business says it.

An error carries a code and the values that its sentence needs, never an HTTP status and never a language: the
sentences and remedies are in `sentences.py`, the statuses in `server/web.py`.
"""


class CalepinError(Exception):
    """Base of every refusal. `code` names an entry of `sentences.ERRORS`; `values` fill its placeholders."""

    code = "error"

    def __init__(self, code: str | None = None, **values: object) -> None:
        self.code = code or type(self).code
        self.values = values
        super().__init__(self.code)


class NotFound(CalepinError):
    """It does not exist, or the reader may not see it: the two answer alike."""

    code = "not-found"


class NotSignedIn(CalepinError):
    """No credential, or one that is not (or no longer) good."""

    code = "not-signed-in"


class Revoked(NotSignedIn):
    """The credential was good once, and was taken back for good: what the device keeps for its rep has to go."""

    code = "device-revoked"


class NotAllowed(CalepinError):
    """The reader is known and may not do this."""

    code = "not-allowed"


class Conflict(CalepinError):
    """It contradicts what is already there."""

    code = "conflict"


class NoteRequired(Conflict):
    """An activity of this kind is completed only once a note belongs to it."""

    code = "note-required"


class Invalid(CalepinError):
    """What was sent cannot be understood. `field` among the values names the culprit."""

    code = "invalid"


class Malformed(CalepinError):
    """A request breaks the rules of the protocol it speaks. `field` among the values names the culprit."""

    code = "malformed"


class VersionNotSpoken(CalepinError):
    """A protocol's version is missing, or is one that is not spoken here."""

    code = "version-not-spoken"


class ChecksumMismatch(CalepinError):
    """The bytes that came are not those that were announced."""

    code = "checksum-mismatch"


class TooSlow(CalepinError):
    """The rest of a request's body did not come in time."""

    code = "too-slow"


class KeyReused(CalepinError):
    """An Idempotency-Key came back with other content."""

    code = "key-reused"


class TooLarge(CalepinError):
    """More than the policy takes."""

    code = "too-large"


class Unsupported(CalepinError):
    """Plainly not a kind of content that a note can hold."""

    code = "unsupported"


class NotAcceptable(CalepinError):
    """It exists, but not in a form that was asked for."""

    code = "not-acceptable"


class SlowDown(CalepinError):
    """Too many tries from one place; `seconds` among the values says how long to wait."""

    code = "slow-down"


class NotReady(CalepinError):
    """It is being made; ask again in `seconds`."""

    code = "not-ready"


class StorageFull(CalepinError):
    """There is no room to keep it safely, so it was not taken."""

    code = "storage-full"
