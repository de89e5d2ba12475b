"""Pages of a list: opaque cursors over a row id."""

import base64
import binascii

from server.domain.errors import Invalid


def cursor_of(row_id: int) -> str:
    """The cursor that continues after this row."""
    return base64.urlsafe_b64encode(f"after:{row_id}".encode()).decode().rstrip("=")


def row_of(cursor: str | None) -> int | None:
    """The row after which a cursor continues; None without one. Raises Invalid for what is no cursor of ours."""
    if not cursor:
        return None
    try:
        decoded = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        kind, _, number = decoded.partition(":")
        row = int(number)
    except (binascii.Error, ValueError) as error:
        raise Invalid(field="cursor", reason="not a cursor of this list") from error
    if kind != "after" or not 0 <= row < 2**62:
        raise Invalid(field="cursor", reason="not a cursor of this list")
    return row
