"""DKIM (RFC 6376) verified by ourselves, for where no mail server of ours has done it."""

import logging
import re
from collections.abc import Callable
from typing import Any, Final

TxtLookup = Callable[[str], bytes | None]
"""The TXT record of a name, None where there is none; raises OSError where it cannot be known now."""

MOST_SIGNATURES: Final = 5
MOST_HEADER_BYTES: Final = 64 * 1024
LOOKUP_SECONDS: Final = 5.0
ALGORITHMS: Final = frozenset({b"rsa-sha256", b"ed25519-sha256"})
SIGNED: Final = frozenset({b"from", b"subject"})
SINGLE: Final = frozenset(
    {b"from", b"subject", b"date", b"message-id", b"content-type", b"content-transfer-encoding", b"mime-version"}
)

# The library takes quadratic time over long white space at the end of a line.
_LONG_SPACE: Final = re.compile(rb"[ \t]{1000}")
_END_OF_HEAD: Final = re.compile(rb"\r?\n\r?\n")

_quiet = logging.getLogger(f"{__name__}.library")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


def signed_by(raw: bytes, domain: str, look_up: TxtLookup) -> bool:
    """Whether a signature of that domain, or of one that it is part of, covers author, subject and the whole body.

    A mail that says twice what may be said once is not believed: readers differ in which of the two they show. Raises
    OSError when a key cannot be looked up now.
    """
    from dkim import DKIM, DKIMException

    if not _worth_trying(raw):
        return False
    try:
        mail = DKIM(raw, logger=_quiet)
    except (DKIMException, ValueError, IndexError):
        return False
    names = [name.lower() for name, _ in mail.headers]
    if any(names.count(name) > 1 for name in SINGLE):
        return False
    signatures = min(names.count(b"dkim-signature"), MOST_SIGNATURES)
    return any(_good(mail, number, domain.lower().encode(), look_up) for number in range(signatures))


def dns(name: str) -> bytes | None:
    """The TXT record of a name by DNS. Raises OSError when no server answers."""
    from dns import exception, resolver

    try:
        answer = resolver.resolve(name, "TXT", lifetime=LOOKUP_SECONDS)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return None
    except exception.DNSException as error:
        raise OSError("no answer from DNS") from error
    return next((b"".join(record.strings) for record in answer), None)


def _worth_trying(raw: bytes) -> bool:
    end = _END_OF_HEAD.search(raw, 0, MOST_HEADER_BYTES + 4)
    if end is None or b"dkim-signature:" not in raw[: end.start()].lower():
        return False
    return not _LONG_SPACE.search(raw)


def _good(mail: Any, number: int, domain: bytes, look_up: TxtLookup) -> bool:
    from dkim import DKIMException, InvalidTagValueList, UnparsableKeyError
    from dkim.canonicalization import InvalidCanonicalizationPolicyError

    def key(name: bytes, timeout: float = LOOKUP_SECONDS) -> bytes | None:
        record = look_up(name.decode("ascii").rstrip("."))
        # A domain that is only trying signatures out wants them to count for nothing (t=y).
        return None if record and re.search(rb";\s*t=[^;]*\by\b", record) else record

    faults = (DKIMException, InvalidTagValueList, UnparsableKeyError, InvalidCanonicalizationPolicyError)
    try:
        said = mail.verify_headerprep(number)
        return bool(said) and _covers(said[0], domain) and bool(mail.verify(number, dnsfunc=key))
    except (*faults, ValueError, IndexError, KeyError, TypeError):
        return False


def _covers(tags: dict[bytes, bytes], domain: bytes) -> bool:
    by = tags[b"d"].lower()
    aligned = by == domain or (b"." in by and domain.endswith(b"." + by))
    covered = {name.strip().lower() for name in tags[b"h"].split(b":")}
    # With l= anybody may add to the body.
    return aligned and covered >= SIGNED and b"l" not in tags and tags[b"a"] in ALGORITHMS
