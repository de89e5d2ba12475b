"""For Schemathesis: the bytes of an upload are sent as they are."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def as_it_is(_context: Any, value: Any) -> Any:
    """Bytes stay bytes; whatever else is generated is sent as its text."""
    return value if isinstance(value, bytes) else str(value).encode()
