"""XLSX: cells as spreadsheets store them, and small files that would unfold to large ones."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from server.usecases.imports.tables import Flaw, Kind, Media, Row, read, shared_strings, workbook


def book(*rows: list[Any]) -> bytes:
    """A workbook with these rows."""
    new = openpyxl.Workbook()
    sheet = new.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    saved = io.BytesIO()
    new.save(saved)
    return saved.getvalue()


def rows(content: bytes) -> list[Row | Flaw]:
    """What is read from a workbook."""
    return list(read(io.BytesIO(content), Media(Kind.XLSX)))


def codes(content: bytes) -> list[tuple[int, str]]:
    """The flaws by row."""
    return [(item.number, item.error.code) for item in rows(content) if isinstance(item, Flaw)]


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one part exchanged."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, part if entry == name else old.read(entry))
    return changed.getvalue()


def test_cells_become_text_in_one_spelling() -> None:
    """Dates in ISO, numbers without a trace of binary fractions, text as it is."""
    content = book(
        ["Ref", "date", "at", "amount", "phone", "yes", "none", "name"],
        [
            "C1",
            date(2026, 12, 31),
            datetime.fromisoformat("2026-03-01T14:05:00"),
            0.1 + 0.2,
            5145550101,
            True,
            None,
            "Côté",
        ],
    )
    assert rows(content) == [
        Row(
            2,
            {
                "ref": "C1",
                "date": "2026-12-31T00:00:00",
                "at": "2026-03-01T14:05:00",
                "amount": "0.3",
                "phone": "5145550101",
                "yes": "true",
                "none": "",
                "name": "Côté",
            },
        )
    ]


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    """Blank rows, also above the header, count and are no rows."""
    content = book([], ["ref", "name"], ["C1", "a"], [None, " "], ["C2", "b"])
    assert rows(content) == [Row(3, {"ref": "C1", "name": "a"}), Row(5, {"ref": "C2", "name": "b"})]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    """It is a string in the file, and a string here."""
    new = openpyxl.Workbook()
    sheet = new.active
    assert sheet is not None
    sheet.append(["ref", "name"])
    sheet.append(["C1", "x"])
    sheet["B2"].value, sheet["B2"].data_type = '=HYPERLINK("http://x")', "s"
    saved = io.BytesIO()
    new.save(saved)
    assert rows(saved.getvalue()) == [Row(2, {"ref": "C1", "name": '=HYPERLINK("http://x")'})]


def test_the_first_visible_sheet_is_read() -> None:
    """Hidden ones hold lists and calculations."""
    new = openpyxl.Workbook()
    hidden = new.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    shown = new.create_sheet()
    shown.append(["ref"])
    shown.append(["C1"])
    saved = io.BytesIO()
    new.save(saved)
    assert rows(saved.getvalue()) == [Row(2, {"ref": "C1"})]


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken", book(["ref"], ["C1"])[:2000]])
def test_what_is_no_workbook_is_reported(content: bytes) -> None:
    """As one rejected row, with a reason."""
    assert codes(content) == [(1, "workbook-broken")]


def test_a_workbook_that_breaks_further_down_keeps_the_rows_before() -> None:
    """The break is reported after them."""
    content = book(["ref"], ["C1"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    found = rows(
        with_part(content, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", b"<row r='3'><c></row>"))
    )
    assert found[0] == Row(2, {"ref": "C1"})
    assert isinstance(found[1], Flaw)
    assert (found[1].number, found[1].error.code) == (3, "workbook-broken")


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    """A few kilobytes that unpack to megabytes of the same are no workbook that anybody wrote."""
    bomb = with_part(book(["ref"], ["C1"]), "xl/worksheets/sheet1.xml", b" " * 64_000_000)
    assert len(bomb) < 100_000
    assert codes(bomb) == [(1, "workbook-too-large")]


def test_entities_are_not_expanded() -> None:
    """A workbook that declares some is refused."""
    content = book(["ref"], ["C1"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + sheet.partition(b"?>")[2]
    assert codes(with_part(content, "xl/worksheets/sheet1.xml", laughs)) == [(1, "workbook-broken")]


def test_a_row_far_down_does_not_spin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the rows that a spreadsheet can have, nothing is read."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 1_000)
    content = book(["ref"], ["C1"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'<row r="2"', b'<row r="999999999999"').replace(b"A2", b"A999999999999")
    assert rows(with_part(content, "xl/worksheets/sheet1.xml", far)) == []


def test_too_many_columns_are_refused() -> None:
    """As in every other table."""
    assert codes(book([f"c{number}" for number in range(201)])) == [(1, "too-many-columns")]


def test_shared_strings_are_plain_text() -> None:
    """Runs of one style are joined, reading aids left out, and what XML cannot hold comes back."""
    xml = f"""<?xml version="1.0"?><sst xmlns="{SHEET_MAIN_NS}">
        <si><t>ref</t></si><si><t xml:space="preserve"> C1 </t></si><si/>
        <si><r><rPr><b/></rPr><t>Gar</t></r><r><t>age &amp; Côté</t></r><rPh><t>aside</t></rPh></si>
        <si><t>a_x000D_b_x005F_x000D_</t></si></sst>"""
    assert shared_strings.read(io.BytesIO(xml.encode())) == ["ref", " C1 ", "", "Garage & Côté", "a\rb_x000D_"]


def shared_book(strings: bytes) -> bytes:
    """A workbook of two cells, one below the other, that point to the first two of these shared strings."""
    content = book(["ref"], ["C1"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml")
        sheet = archive.read("xl/worksheets/sheet1.xml")
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/></Types>'
    content = with_part(content, "[Content_Types].xml", types.replace(b"</Types>", part.encode()))
    for number, text in enumerate((b"ref", b"C1")):
        inline = b't="inlineStr"><is><t>' + text + b"</t></is>"
        sheet = sheet.replace(inline, b't="s"><v>' + str(number).encode() + b"</v>")
    content = with_part(content, "xl/worksheets/sheet1.xml", sheet)
    with zipfile.ZipFile(changed := io.BytesIO(content), "a") as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    return changed.getvalue()


def test_texts_are_found_among_the_shared_strings() -> None:
    """This is how Excel writes them."""
    strings = f'<sst xmlns="{SHEET_MAIN_NS}"><si><t>ref</t></si><si><t>Côté</t></si></sst>'
    assert rows(shared_book(strings.encode())) == [Row(2, {"ref": "Côté"})]


def test_shared_strings_declare_no_entities() -> None:
    """A workbook that does is refused like any broken one."""
    laughs = b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    assert codes(shared_book(laughs)) == [(1, "workbook-broken")]
