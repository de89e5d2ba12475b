"""The brief as text: always within 1,024 bytes and 20 lines of 40 characters."""

from hypothesis import given
from hypothesis import strategies as st

from server.domain.brief_text import MOST_BYTES, MOST_LINES, WIDTH, Entry, clean, lay_out, shorten

WORDS = st.text(max_size=400)


@given(facts=st.lists(WORDS, max_size=14), notes=st.lists(st.tuples(WORDS, WORDS), max_size=3))
def test_no_input_breaks_the_limits(facts: list[str], notes: list[tuple[str, str]]) -> None:
    """Any names and notes in any script give at most 1,024 bytes in at most 20 lines of at most 40 characters."""
    page = lay_out(facts, [Entry(heading, text) for heading, text in notes])
    lines = page.splitlines()
    assert len(page.encode()) <= MOST_BYTES
    assert len(lines) <= MOST_LINES
    assert all(len(line) <= WIDTH for line in lines)


def test_short_notes_stay_whole_and_long_ones_share_the_room() -> None:
    """Two long notes get the same number of lines; the short one between them is not cut."""
    long = "parole " * 100
    page = lay_out(["Client"], [Entry("un", long), Entry("deux", "court"), Entry("trois", long)])
    lines = page.splitlines()
    first, second, third = lines.index("un"), lines.index("deux"), lines.index("trois")
    assert lines[second + 1] == "court"
    assert abs((second - first) - (len(lines) - third)) <= 1
    assert lines[second - 1].endswith("parole…")


def test_the_facts_come_before_the_notes_when_there_is_no_room() -> None:
    """With facts that fill the page, the notes give way."""
    page = lay_out([f"fait {number}" for number in range(20)], [Entry("titre", "texte")])
    assert page.splitlines()[0] == "fait 0"
    assert "texte" not in page


def test_control_characters_and_line_breaks_become_spaces() -> None:
    """Nothing that a note contains can break a line or move the cursor."""
    assert clean("a\r\nb\x1b[2Jc\u202ed\u200be") == "a b [2Jc d e"


def test_a_line_is_cut_at_a_word() -> None:
    """The cut is at a word where one is near, and marked."""
    assert shorten("un deux trois quatre", 14) == "un deux trois…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
