"""The text of an HTML body, in one pass: quoted passages get "> " before their lines, as in plain text."""

import html
import re
from typing import Final

_TAG: Final = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})")
_HIDDEN: Final = {
    name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("head", "script", "style", "title", "template")
}
_BREAKS: Final = frozenset(
    "address article blockquote br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li ol p pre "
    "section table tr ul".split()
)
_APART: Final = frozenset({"p", "h1", "h2", "h3", "table", "blockquote"})
_CELLS: Final = frozenset({"td", "th"})
_MOST_QUOTES: Final = 10
_HUGE_REFERENCE: Final = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_BLANKS: Final = re.compile(r"\n{3,}")


def text_of(page: str) -> str:
    """What a person sees, roughly: tags, comments, scripts and styles gone, entities resolved. Linear in its length."""
    return _BLANKS.sub("\n\n", "\n".join(_Lines(page).lines)).strip("\n")


class _Lines:
    def __init__(self, page: str) -> None:
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._quotes = 0
        # Python refuses to make numbers of thousands of digits.
        self._page = _HUGE_REFERENCE.sub("\ufffd", page)
        position = 0
        while 0 <= position < len(self._page):
            position = self._step(position)
        self._end_line()

    def _step(self, position: int) -> int:
        """Take in what stands at `position`; where to go on, or -1 when nothing more can be told."""
        opening = self._page.find("<", position)
        if opening != position:
            stop = opening if opening >= 0 else len(self._page)
            self._pieces.append(self._page[position:stop])
            return stop
        if self._page.startswith("<!--", position):
            return _after(self._page.find("-->", position), 3)
        tag = _TAG.match(self._page, position + 1)
        if tag is None and not self._page.startswith(("<!", "<?", "</"), position):
            self._pieces.append("<")  # "3 < 4"
            return position + 1
        closing = self._page.find(">", position)
        if tag is None or closing < 0:
            return _after(closing, 1)
        name = tag[1].lower()
        opens = tag[0][0] != "/"
        if opens and name in _HIDDEN:
            end = _HIDDEN[name].search(self._page, closing)
            return _after(self._page.find(">", end.end()), 1) if end else -1
        self._tag(name, opens)
        return closing + 1

    def _tag(self, name: str, opens: bool) -> None:
        if name in _CELLS:
            self._pieces.append(" ")
        if name not in _BREAKS:
            return
        written = self._end_line(blank=name in _APART)
        if name == "br" and not written:
            self.lines.append("")
        if name == "blockquote":
            self._quotes = min(self._quotes + 1, _MOST_QUOTES) if opens else max(self._quotes - 1, 0)

    def _end_line(self, blank: bool = False) -> bool:
        text = " ".join(html.unescape("".join(self._pieces)).split())
        self._pieces.clear()
        mark = ">" * self._quotes + " " if self._quotes else ""
        if text:
            self.lines.append(mark + text)
        if blank and self.lines and self.lines[-1]:
            self.lines.append(mark.strip())
        return bool(text)


def _after(found: int, length: int) -> int:
    return found + length if found >= 0 else -1
