"""format=flowed (RFC 3676): lines that end in a space go on in the next one."""

from dataclasses import dataclass
from typing import Final

_SIGNATURE: Final = "-- "


@dataclass(slots=True)
class _Paragraph:
    depth: int
    pieces: list[str]

    def line(self) -> str:
        mark = ">" * self.depth + " " if self.depth else ""
        return mark + "".join(self.pieces)


def unflowed(text: str, delete_space: bool) -> str:
    """The text with a line for each paragraph; `delete_space` is the parameter delsp."""
    done: list[str] = []
    pending: _Paragraph | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if pending and (pending.depth != depth or content == _SIGNATURE):
            done.append(pending.line())
            pending = None
        pending = pending or _Paragraph(depth, [])
        flows = content.endswith(" ") and content != _SIGNATURE
        pending.pieces.append(content[:-1] if flows and delete_space else content)
        if not flows:
            done.append(pending.line())
            pending = None
    if pending:
        done.append(pending.line())
    return "\n".join(done)
