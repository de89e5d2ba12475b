"""CSV as Excel, and others, really write it."""

import io

import pytest

from server.usecases.imports.tables import Flaw, Kind, Media, Row, read
from server.usecases.imports.tables.rows import COLUMN_LIMIT, ROW_LIMIT


def rows(content: bytes | str, charset: str | None = None) -> list[Row | Flaw]:
    """What is read from a CSV file."""
    raw = content.encode() if isinstance(content, str) else content
    return list(read(io.BytesIO(raw), Media(Kind.CSV, charset)))


def codes(content: bytes | str) -> list[tuple[int, str]]:
    """The flaws by row."""
    return [(item.number, item.error.code) for item in rows(content) if isinstance(item, Flaw)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_dialect_reads_the_same(delimiter: str, encoding: str, end: str) -> None:
    """Delimiter, encoding and line ends are found out from the file."""
    text = end.join([delimiter.join(["Ref", " NAME "]), delimiter.join(["C1", "Côté & Frères"]), ""])
    assert rows(text.encode(encoding)) == [Row(2, {"ref": "C1", "name": "Côté & Frères"})]


def test_a_declared_character_set_is_honoured() -> None:
    """A file that could be either is read as its sender says; UTF-8 is checked."""
    text = "ref,name\nC1,Ã©\n"
    assert rows(text.encode("cp1252"), "cp1252") == [Row(2, {"ref": "C1", "name": "Ã©"})]
    assert rows(text.encode("cp1252")) == [Row(2, {"ref": "C1", "name": "é"})]
    assert rows("ref,name\nC1,é\n".encode("cp1252"), "utf-8") == [Row(2, {"ref": "C1", "name": "é"})]


def test_windows_1252_far_down_is_found() -> None:
    """One byte at the end of a large file decides for all of it."""
    content = b"ref,name\n" + b"C1,plain text\n" * 100_000 + "C2,Côté\n".encode("cp1252")
    assert rows(content)[-1] == Row(100_002, {"ref": "C2", "name": "Côté"})


def test_the_separator_line_of_excel_is_understood() -> None:
    """`sep=;` is no header."""
    assert rows("sep=;\r\nref;name\r\nC1;a,b\r\n") == [Row(3, {"ref": "C1", "name": "a,b"})]


def test_rows_are_numbered_by_the_line_they_begin_on() -> None:
    """Blank lines and line ends within quotes count as a text editor counts them."""
    found = rows('ref,name\n\n"C1","two\nlines"\n,\nC2,x\n')
    assert found == [Row(3, {"ref": "C1", "name": "two\nlines"}), Row(6, {"ref": "C2", "name": "x"})]


def test_cells_missing_at_the_end_are_empty() -> None:
    """Spreadsheets leave them out."""
    assert rows("ref,name,city\nC1,x\n") == [Row(2, {"ref": "C1", "name": "x", "city": ""})]


def test_a_separator_without_quotes_is_reported() -> None:
    """A row with a cell too many would be in the wrong columns; empty ones do no harm."""
    assert codes("ref,name\nC1,Lavoie, Inc.\nC2,x,,\n") == [(2, "row-too-wide")]


def test_a_stray_quote_costs_its_row_only() -> None:
    """What follows is read."""
    found = rows('ref,name\n"C1"x,a\nC2,Chez "Bob"\nC3,"Chez ""Bob"""\n')
    assert [item.number for item in found if isinstance(item, Flaw)] == [2]
    assert found[1:] == [Row(3, {"ref": "C2", "name": 'Chez "Bob"'}), Row(4, {"ref": "C3", "name": 'Chez "Bob"'})]


def test_a_quote_that_is_never_closed_ends_the_file() -> None:
    """It is reported where it opens, whether the file ends soon after or goes on for long."""
    assert codes('ref,name\nC1,a\nC2,"open\nC3,b\n') == [(3, "quote-open")]
    assert codes('ref,name\nC2,"open\n' + "C3,b\n" * 50_000) == [(2, "quote-open")]


def test_a_row_that_is_too_large_is_skipped() -> None:
    """Its neighbours are read."""
    found = rows(f"ref,name\nC1,{'x' * 3 * ROW_LIMIT}\nC2,y\n")
    assert isinstance(found[0], Flaw)
    assert (found[0].number, found[0].error.code) == (2, "row-too-large")
    assert found[1] == Row(3, {"ref": "C2", "name": "y"})


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (",".join(f"c{n}" for n in range(COLUMN_LIMIT + 1)), "too-many-columns"),
        ("ref,name,REF", "column-twice"),
        ('"ref,name', "header-broken"),
        ("x" * (ROW_LIMIT + 1), "header-broken"),
    ],
)
def test_a_header_that_cannot_be_used_ends_the_file(header: str, code: str) -> None:
    """Nothing is guessed."""
    assert codes(f"{header}\nC1\n") == [(1, code)]


def test_an_empty_file_has_no_rows() -> None:
    """Nor has one with a header alone."""
    assert rows("") == rows("ref,name\n") == rows("\n\n") == []
