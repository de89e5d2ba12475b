"""Message-IDs and dates (RFC 5322, sections 3.3 and 3.6.4), as far as they can be believed."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from server.domain.times import NEWEST, OLDEST

_BRACKETED: Final = re.compile(r"<([^<>]{1,998})>")
_MOST: Final = 100
_UNWANTED: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def message_ids(value: str) -> tuple[str, ...]:
    """The ids in a Message-ID, In-Reply-To or References header, without brackets and spaces; the last hundred."""
    found = _BRACKETED.findall(value) or value.split()
    ids = (_UNWANTED.sub("", one)[:998] for one in found[-_MOST:])
    return tuple(filter(None, ids))


def message_id(value: str) -> str | None:
    """The first id in it, whatever its form: `<[x@y]>` and ids without brackets are in use."""
    return next(iter(message_ids(value)), None)


def read_date(value: str) -> datetime | None:
    """An aware instant between 1970 and 2100 in UTC; without a zone it is taken as UTC. None for anything else."""
    try:
        read = parsedate_to_datetime(value[:200])
        instant = read if read.tzinfo else read.replace(tzinfo=UTC)
        return instant.astimezone(UTC) if OLDEST <= instant <= NEWEST else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
