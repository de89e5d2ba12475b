"""What /openapi.json says of the headers and bodies of uploads, which the endpoints read by themselves."""

from typing import Any, Final

_NUMBER: Final = {"type": "integer", "minimum": 0}
_TEXT: Final = {"type": "string", "pattern": "^[!-~]([ -~]*[!-~])?$"}
_VERSION: Final = {"type": "string", "enum": ["1.0.0"]}


def _header(name: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "schema": schema}


def _body(kind: str) -> dict[str, Any]:
    return {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}


_SPOKEN: Final = _header("Tus-Resumable", _VERSION, required=True)
_BYTES: Final = _body("application/offset+octet-stream")
_CHECKSUM: Final = _header("Upload-Checksum", _TEXT)

ASKING: Final = {"parameters": [_SPOKEN]}
CREATING: Final = {
    "parameters": [
        _SPOKEN,
        _header("Upload-Length", _NUMBER),
        _header("Upload-Defer-Length", {"type": "string", "enum": ["1"]}),
        _header("Upload-Metadata", _TEXT),
        _header("Idempotency-Key", {**_TEXT, "maxLength": 255}),
        _CHECKSUM,
    ],
    "requestBody": _BYTES,
}
GOING_ON: Final = {
    "parameters": [
        _SPOKEN,
        _header("Upload-Offset", _NUMBER, required=True),
        _header("Upload-Length", _NUMBER),
        _CHECKSUM,
    ],
    "requestBody": _BYTES,
}
