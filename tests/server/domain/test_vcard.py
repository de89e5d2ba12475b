"""The vCard."""

from hypothesis import given
from hypothesis import strategies as st

from server.domain.clients import Client
from server.domain.vcard import FOLD_AT, vcard


def card(name: str, note: str = "") -> str:
    """A card for a client of that name."""
    return vcard(Client(1, "C1", name, "A", "active", None, "Québec", "+14185550100"), note)


def test_special_characters_are_escaped() -> None:
    """Commas, semicolons, backslashes and line breaks cannot make new properties."""
    lines = card("A;B,C\\D", "x\r\nEND:VCARD").split("\r\n")
    assert "FN:A\\;B\\,C\\\\D" in lines
    assert "NOTE:x\\nEND:VCARD" in lines
    assert lines.count("END:VCARD") == 1


@given(name=st.text(max_size=200), note=st.text(max_size=600))
def test_every_line_fits_and_unfolds(name: str, note: str) -> None:
    """No line is longer than 75 octets, none is cut inside a character, and there is one card."""
    text = card(name, note)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= FOLD_AT for line in lines)
    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.endswith("END:VCARD\r\n")
