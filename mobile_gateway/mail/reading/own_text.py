"""What a person wrote themselves: the text without quoted history, signature and the telephone's own line."""

import re
from typing import Final

from server.domain.names import folded

_MOST_LINES: Final = 5_000  # nobody writes more; what follows is left out
_LONGEST_LINE: Final = 300  # a longer line is somebody's words, never a separator

_ATTRIBUTION: Final = re.compile(
    r"(?:on|le|am|el|il|em)\b.{4,250}\b(?:wrote|a ecrit|ecrit|schrieb.{0,80}|escribio|ha scritto|escreveu)\s*:"
    r"|.{0,200}<\s*[^<>\s@]+@[^<>\s@]+\s*>.{0,40}\b(?:wrote|a ecrit)\s*:"
    r"|\d{4}-\d\d-\d\d\s.{0,200}<[^<>\s@]+@[^<>\s@]+>\s*:"
)
# “Le 12 mars, Tremblay a écrit :” may be a rep's own sentence; a mail program also says when, or from which address.
_PROOF: Final = re.compile(r"@|\d{1,2}\s?[:h]\s?\d\d|\b(?:19|20)\d\d\b")
_BEGINS: Final = re.compile(r"(?:on|le|am|el|il|em)\b.*\d|.{0,200}<\s*[^<>\s@]+@")
_SEPARATOR: Final = re.compile(
    r"[-_*\s]{2,}(?:original (?:message|appointment)|message d.origine|message original|forwarded message|"
    r"message transfere|message reexpedie|courriel (?:original|transfere)|ursprungliche nachricht|mensaje original|"
    r"forwarded by .{1,200}|rendez-vous d.origine)[-_*\s]*"
    r"|begin forwarded message\s*:|debut du message (?:reexpedie|transfere)\s*:|_{20,}"
)
_FIRST_OF_BLOCK: Final = re.compile(r"[*\s]*(?:from|de|von|da)\s?:[*\s]*\S.*")
_FURTHER_OF_BLOCK: Final = re.compile(
    r"[*\s]*(sent|date|envoye|to|a|cc|objet|subject|gesendet|an|betreff)(?: le)?\s?:[*\s].*"
)
_DEVICE: Final = (
    r"iphone|ipad|ipod|android|blackberry|samsung|galaxy|(?:tele)?phone|mobile|cell\w*|portable|smartphone|tablet\w*|"
    r"windows|nokia|huawei|pixel|xperia|htc|motorola|lg|oneplus|sony|palm|treo|outlook|yahoo|proton\w*|aol|gmail|"
    r"bell|rogers|telus|videotron|orange|sfr|free|fairphone|appareil|handheld|wireless\w*|terminal|courrier|mail"
)
_OF_THE_DEVICE: Final = re.compile(
    rf"(?:sent|envoye|enviado|gesendet|inviato)\b(?: \S+){{0,6}}? (?:\S*\W)?(?:{_DEVICE})\b.{{0,60}}"
    r"|(?:get|obtenez|obtenir|telecharge[rz]|descargar) outlook (?:for|pour|para) .{1,60}"
    r"|(?:provenance|provenant) ?: courrier .{1,60}"
)


def own_text(text: str) -> str:
    """The lines that are not somebody else's. A pure forward leaves what stands above it, maybe nothing."""
    kept: list[str] = []
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith(">"):
            at += 1
            continue
        if line.rstrip() == "--" or _ends_here(lines, at):
            break
        length = _attribution(lines, at)
        if length and not _quotes_follow(lines, at + length):
            break
        at += length
        if not length:
            kept.append(line)
            at += 1
    return _without_device_lines(kept)


def _folded(line: str) -> str:
    return " ".join(folded(line).split()) if len(line) <= _LONGEST_LINE else ""


def _ends_here(lines: list[str], at: int) -> bool:
    line = _folded(lines[at])
    if _SEPARATOR.fullmatch(line):
        return True
    if not _FIRST_OF_BLOCK.fullmatch(line):
        return False
    found = (_FURTHER_OF_BLOCK.fullmatch(_folded(following)) for following in lines[at + 1 : at + 8])
    return len({match[1] for match in found if match}) >= 2


def _attribution(lines: list[str], at: int) -> int:
    """How many lines “On … wrote:” takes here: mail programs fold it; 0 where it is none."""
    if not _BEGINS.match(_folded(lines[at])):
        return 0
    for length in (1, 2, 3):
        joined = _folded(" ".join(lines[at : at + length]))
        if _ATTRIBUTION.fullmatch(joined) and _PROOF.search(joined):
            return length
    return 0


def _quotes_follow(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 5] if line.strip()), "")
    return following.startswith(">")


def _without_device_lines(lines: list[str]) -> str:
    while lines and (not lines[-1].strip() or _OF_THE_DEVICE.fullmatch(_folded(lines[-1]).strip(" .-*<>_"))):
        lines.pop()
    return "\n".join(line.rstrip() for line in lines).strip("\n")
