"""The key by which push services know us (VAPID, RFC 8292): made once, kept in the data folder."""

import base64
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py_vapid import Vapid02

NAME: Final = "vapid.pem"


@lru_cache(maxsize=4)
def vapid_key(folder: Path) -> "Vapid02":
    """The installation's key pair; made, readable by nobody else, where there is none. Raises OSError.

    Subscriptions are bound to it: were it lost, phones would have to subscribe anew.
    """
    from py_vapid import Vapid02

    path = folder / NAME
    if not path.exists():
        fresh = Vapid02()
        fresh.generate_keys()
        _write_once(path, fresh.private_pem())
    return Vapid02.from_file(str(path))


def public_key(folder: Path) -> str:
    """What a browser subscribes with: the uncompressed point in base64url."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = vapid_key(folder).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _write_once(path: Path, pem: bytes) -> None:
    # Another process may be making one, too: the first to have its name is the key, and it is whole.
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            return
    finally:
        os.unlink(name)
