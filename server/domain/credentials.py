"""Codes, tokens and keys: made at random, shown once, kept only as their SHA-256."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

# Crockford's base 32: no letter that is taken for a figure.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 12
INVITATION_LASTS: Final = timedelta(hours=72)

FREE_TRIES: Final = 10
FORGOTTEN_AFTER: Final = timedelta(hours=1)
LONGEST_WAIT: Final = timedelta(minutes=15)


def new_code() -> str:
    """A one-time code of 60 random bits that can be typed: `K7Q2-9FXM-3TBA`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def new_token(prefix: str) -> str:
    """A secret of 256 random bits; the prefix tells people and scanners what it is."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """What is kept of a secret. It has too many bits to be guessed, so that a fast hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def code_digest(code: str) -> str:
    """The digest of a code however it was typed: case, spaces and hyphens do not count, O is 0, I and L are 1."""
    typed = "".join(mark for mark in code.upper() if mark.isalnum())
    return digest("code:" + typed.translate(str.maketrans("OIL", "011")))


def same(one: str, other: str) -> bool:
    """Whether two digests are equal, in constant time."""
    return secrets.compare_digest(one, other)


def wait_after(wrong_codes: int) -> timedelta:
    """How long a place waits after that many wrong codes: not at all for the first ten, then ever longer."""
    if wrong_codes < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(wrong_codes - FREE_TRIES + 1, 20)), LONGEST_WAIT)
