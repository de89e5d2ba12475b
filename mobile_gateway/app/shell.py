"""The files of the app, read once: each with its type and its hashes, and the list that the service worker keeps."""

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

START: Final = "index.html"
WORKER: Final = "sw.js"
TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "js": "text/javascript; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_PACKED: Final = frozenset({"html", "css", "js", "json", "webmanifest", "svg"})


@dataclass(frozen=True, slots=True)
class File:
    """One file: its bytes, the same packed by gzip where that helps, its type and the SHA-256 of its bytes."""

    body: bytes
    packed: bytes | None
    type: str
    digest: bytes

    @property
    def tag(self) -> str:
        """Its ETag."""
        return f'"{self.digest.hex()[:32]}"'

    @property
    def integrity(self) -> str:
        """Its hash as Subresource Integrity writes it."""
        return "sha256-" + base64.b64encode(self.digest).decode()


@lru_cache(maxsize=1)
def shell() -> Mapping[str, File]:
    """All files by their path below `/app/`.

    The service worker begins with the list of the others and their hashes: it changes when any of them does, and a
    browser never keeps a mixture of two versions.
    """
    found = dict(_walk(files("mobile_gateway.app").joinpath("static"), ""))
    kept = {name: _file(name, body) for name, body in found.items() if name != WORKER}
    listed = {_address(name): file.integrity for name, file in sorted(kept.items())}
    version = hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:16]
    head = f"const VERSION = {json.dumps(version)};\nconst FILES = {json.dumps(listed, indent=0)};\n"
    return kept | {WORKER: _file(WORKER, head.encode() + found[WORKER])}


def _address(name: str) -> str:
    return "/app/" if name == START else f"/app/{name}"


def _walk(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _walk(entry, f"{above}{entry.name}/")
        else:
            found.append((above + entry.name, entry.read_bytes()))
    return found


def _file(name: str, body: bytes) -> File:
    ending = name.rpartition(".")[2]
    packed = gzip.compress(body, mtime=0) if ending in _PACKED else None
    return File(body, packed, TYPES[ending], hashlib.sha256(body).digest())
