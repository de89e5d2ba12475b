"""Bad input: names and texts that would be markup, formulas or vCard lines elsewhere."""

import csv
import io
from html.parser import HTMLParser

import httpx
import openpyxl
import pytest

from tests.wire.service import Service, settled

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","Garage")'
LINES = "Un;deux,trois\\quatre\nBEGIN:VCARD\r\nTEL:666"
TEXTS = {"script": SCRIPT, "attribute": "\" onload='alert(1)' x=\"", "formula": FORMULA, "vCard": LINES}


class Elements(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def named(service: Service, key: str, annie: httpx.Client) -> dict[str, str]:
    """A client of Annie's for each text, which is its name, its city and the text of its note."""
    references = {}
    for number, (what, text) in enumerate(TEXTS.items()):
        ref = references[what] = f"H{number}"
        row = {"ref": ref, "name": text, "city": text, "category": text[:20], "manager": "annie@example.com"}
        with service.office(key) as office:
            outcome = office.put("/clients", json=[row]).raise_for_status().json()
        assert outcome["created"] == 1, outcome
        note = annie.post("/notes", data={"text": text, "client": ref}).raise_for_status().json()
        settled(annie, note["id"])
    return references


@pytest.mark.parametrize("what", TEXTS)
def test_json_says_it_as_it_is(annie: httpx.Client, named: dict[str, str], what: str) -> None:
    """A program gets the very text, escaped by nobody."""
    brief = annie.get(f"/clients/{named[what]}/brief").json()
    assert " ".join(brief["notes"][0]["text"].split()) == " ".join(TEXTS[what].split())
    if what != "vCard":  # a name is one line
        assert brief["client"]["name"] == TEXTS[what]


@pytest.mark.parametrize("what", TEXTS)
def test_html_shows_it_as_text(annie: httpx.Client, named: dict[str, str], what: str) -> None:
    """Neither the brief nor the pages have an element or an attribute that a name or a note has brought."""
    pages = [annie.get(f"/clients/{named[what]}/brief?as=html").text]
    cookie = {"Cookie": "calepin=" + annie.headers["authorization"].removeprefix("Bearer ")}
    for path in ("/m/find?q=", f"/m/clients/{named[what]}", "/m/notes", f"/m/record?client={named[what]}"):
        answer = httpx.get(str(annie.base_url.join(path)), headers=cookie)
        assert answer.status_code == 200
        pages.append(answer.text)
    for page in pages:
        elements = Elements(page)
        assert "script" not in elements.names
        assert not {name for name in elements.attributes if name.startswith("on")}
    assert " ".join(TEXTS[what].split())[:12] in " ".join(Elements(pages[0]).text.split())


@pytest.mark.parametrize("what", TEXTS)
def test_a_vcard_holds_it_within_its_line(annie: httpx.Client, named: dict[str, str], what: str) -> None:
    """Semicolons, commas and new lines are escaped (RFC 2426 section 4): no property is added."""
    card = annie.get(f"/clients/{named[what]}/brief?as=vcard").text
    lines = card.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    properties = [line.partition(":")[0].partition(";")[0] for line in lines]
    assert set(properties) <= {"BEGIN", "VERSION", "UID", "FN", "N", "ORG", "ADR", "CATEGORIES", "NOTE", "END"}
    assert (properties.count("BEGIN"), properties.count("END")) == (1, 1)
    assert "\n" not in "".join(lines)
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))


def test_a_formula_s_name_is_found_as_it_was_written(annie: httpx.Client, named: dict[str, str]) -> None:
    """The list of clients answers it untouched; quoting is the business of whoever writes a table."""
    items = annie.get("/clients?q=HYPERLINK evil Garage").json()["items"]
    assert [item["name"] for item in items if item["ref"] == named["formula"]] == [FORMULA]


@pytest.fixture(scope="module")
def formula_rep(service: Service, key: str) -> str:
    """A rep whose address a spreadsheet would take for a formula, with a note."""
    email = "=1+1@example.com"
    with service.office(key) as office:
        outcome = office.put("/reps", json=[{"email": email, "name": FORMULA}]).raise_for_status().json()
    assert outcome["created"] == 1, outcome
    with service.device(email, key) as device:
        device.post("/notes", data={"text": FORMULA}).raise_for_status()
    return email


def test_a_table_as_csv_starts_no_formula(service: Service, key: str, formula_rep: str) -> None:
    """In reports as CSV no cell begins with what a spreadsheet takes for a formula, and the words are still there."""
    with service.office(key) as office:
        table = office.get("/reports/notes?format=csv").text
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any(formula_rep in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_workbook_holds_it_as_a_string(service: Service, key: str, formula_rep: str) -> None:
    """In reports as XLSX it is a string; the formulas are ours alone."""
    with service.office(key) as office:
        content = office.get("/reports/notes?format=xlsx").content
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    cells = {cell.value: cell.data_type for row in sheet for cell in row}
    assert cells[formula_rep] == "s"
    assert all(value.startswith("=SUM(") for value, kind in cells.items() if kind == "f")
