"""Reports: the right figures, in every form."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl

from server.domain.notes import Draft
from server.reports import renderings
from server.reports.disbursements import disbursements
from server.reports.notes import notes
from server.reports.tables import Period, Report
from server.store import notes as stored_notes
from server.store.database import Database
from tests.company import ANNIE, BOB
from tests.server.conftest import NOW

MONTH = Period(NOW - timedelta(days=30), NOW + timedelta(days=1))
HOSTILE = Report("notes", ("rep", "notes"), [("=HYPERLINK(1)", 3), ("<script>", 5)], "notes")


def test_notes_are_counted_by_rep_within_the_period(company: Database) -> None:
    """Two of Annie's and one of Bob's; what came before the period does not count."""
    with company.transaction() as session:
        for ref, rep, when in (
            ("1", ANNIE, NOW),
            ("2", ANNIE, NOW),
            ("3", BOB, NOW),
            ("4", BOB, NOW - timedelta(days=60)),
        ):
            stored_notes.add(session, rep.id, None, Draft(when, when, text="x", ref=ref))
        report = notes(session, MONTH)
    assert [(row[0], row[1], row[6]) for row in report.rows] == [(ANNIE.email, 2, 2), (BOB.email, 1, 1)]


def test_disbursements_are_summed_exactly_by_month(company: Database) -> None:
    """The sum is a decimal, and last year's is outside the period."""
    with company.reading() as session:
        assert list(disbursements(session, MONTH).rows) == [("2026-11", "CAD", 1, Decimal("1250.50"))]


def test_json_and_csv_say_the_same_and_nothing_becomes_a_formula() -> None:
    """A text that a spreadsheet would run is quoted in CSV, and plain in JSON."""
    assert renderings.as_json(HOSTILE)["rows"][0] == {"rep": "=HYPERLINK(1)", "notes": 3}
    rows = list(csv.reader(io.StringIO(renderings.as_csv(HOSTILE).decode("utf-8-sig"))))
    assert rows == [["rep", "notes"], ["'=HYPERLINK(1)", "3"], ["<script>", "5"]]


def test_the_workbook_has_texts_numbers_and_a_live_total() -> None:
    """A name that looks like a formula is a string; the total is a formula."""
    sheet = openpyxl.load_workbook(io.BytesIO(renderings.as_workbook(HOSTILE))).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")
    assert (sheet["B3"].value, sheet["B4"].value) == (5, "=SUM(B2:B3)")


def test_the_chart_is_well_formed_and_holds_no_markup_of_others() -> None:
    """Names are escaped; there is a bar for each row, and an empty report is no failure."""
    drawn = ElementTree.fromstring(renderings.as_svg(HOSTILE))  # noqa: S314 - our own
    assert len(drawn.findall(".//{http://www.w3.org/2000/svg}rect")) == 2
    assert b"<script>" not in renderings.as_svg(HOSTILE)
    assert ElementTree.fromstring(renderings.as_svg(Report("notes", ("rep", "notes"), [], "notes"))) is not None  # noqa: S314
    assert renderings.as_workbook(Report("notes", ("rep", "notes"), [], "notes"))[:2] == b"PK"
