"""What becomes of errors that nobody raised on purpose."""

import errno

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from server.web.problems import is_full


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EIO, "Input/output error"), False),
        (OperationalError("INSERT", {}, Exception("database or disk is full")), True),
        (
            OperationalError("INSERT", {}, psycopg.errors.DiskFull("could not extend file: No space left on device")),
            True,
        ),
        (OperationalError("INSERT", {}, Exception("database is locked")), False),
    ],
)
def test_want_of_room_is_told_from_other_faults(error: Exception, full: bool) -> None:
    """The file system, SQLite and PostgreSQL each say in their own way that there is no room."""
    assert is_full(error) is full
